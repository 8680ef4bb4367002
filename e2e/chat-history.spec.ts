import { ChatRoom, unique } from './chat-room'
import { postAll } from './client'
import { expect, test } from './fixtures'

const many = 160

test('scrolling back loads older messages, under the eye still, to where the room begins, and only those in sight are there', async ({
  person,
}) => {
  // A person may post five messages a second.
  test.setTimeout(180_000)
  const page = await person('cleo')
  const label = unique('count')
  await postAll(
    page,
    'hall-2',
    Array.from(
      { length: many },
      (_, index) => `${label} no. ${index + 1}.${' And more of it.'.repeat((index * 7) % 23)}`,
    ),
  )
  const room = await ChatRoom.open(page, 'hall-2')
  await expect(room.rows(`${label} no. ${many}.`)).toBeInViewport()

  const begins = room.log.getByText('This is where the room begins.')
  const loading = room.log.locator('li[aria-hidden="true"]')
  const seen = new Set<number>()
  for (let step = 0; step < 100 && !(await begins.isVisible()); step++) {
    const held = await room.numbers()
    expect(held.length, 'messages in the document').toBeLessThan(150)
    for (const number of held) seen.add(number)
    // A place to watch, taken in the same turn in which the log is scrolled.
    const watched = await room.log.evaluateHandle((log) => {
      log.scrollTop -= 900
      const { top, bottom } = log.getBoundingClientRect()
      const row = [...log.querySelectorAll('li[data-row]')].find((one) => {
        const place = one.getBoundingClientRect()
        return place.top >= top && place.bottom <= bottom
      })
      return { row, top: row?.getBoundingClientRect().top }
    })
    await expect(loading).toHaveCount(0)
    const moved = await watched.evaluate(({ row, top }) =>
      row?.isConnected && top !== undefined ? Math.abs(row.getBoundingClientRect().top - top) : 0,
    )
    expect(moved, 'pixels by which the message moved').toBeLessThanOrEqual(2)
  }

  await expect(begins).toBeVisible()
  for (const number of await room.numbers()) seen.add(number)
  const numbers = [...seen].sort((one, other) => one - other)
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1))
  expect(numbers.length).toBeGreaterThanOrEqual(many)

  // Away from the newest nothing that comes moves what is read; at the newest it is followed.
  const other = await ChatRoom.open(await person('ben', '/chat/hall-2'), 'hall-2')
  const first = room.log.locator('li[data-row]').first()
  const before = await first.boundingBox()
  const late = unique('said meanwhile')
  await other.say(late)
  await expect(room.panel.getByRole('button', { name: '1 new message' })).toBeVisible()
  expect((await first.boundingBox())?.y).toBe(before?.y)
  await room.panel.getByRole('button', { name: '1 new message' }).click()
  await expect(room.rows(late)).toBeInViewport()
  const followed = unique('followed')
  await other.say(followed)
  await expect(room.rows(followed)).toBeInViewport()
})
