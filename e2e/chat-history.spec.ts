import type { Locator } from '@playwright/test'
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

  // Less motion is what all tests want; here it must not be what they depend on.
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await page.emulateMedia({ reducedMotion })
    await page.reload()
    await room.expectJoined()
    await expect(room.rows(`${label} no. ${many}.`)).toBeInViewport()
    await scrollBack(room)
  }

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

/** Step by step to where the room begins. */
async function scrollBack(room: ChatRoom) {
  const begins = room.log.getByText('This is where the room begins.')
  const seen = new Set<number>()
  for (let step = 0; step < 100 && !(await begins.isVisible()); step++) {
    const held = await room.numbers()
    expect(held.length, 'messages in the document').toBeLessThan(150)
    for (const number of held) seen.add(number)
    const stop = await watchScroll(room.log)
    await expect(room.log.locator('li[aria-hidden="true"]')).toHaveCount(0)
    expect(await stop(), 'pixels by which the message moved, in any frame').toBeLessThanOrEqual(2)
  }

  await expect(begins).toBeVisible()
  for (const number of await room.numbers()) seen.add(number)
  const numbers = [...seen].sort((one, other) => one - other)
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1))
  expect(numbers.length).toBeGreaterThanOrEqual(many)
}

/**
 * Scrolls back, and watches one message that is in sight then. Resolves when the log has drawn what it has to for its
 * new place. What is returned tells how far the message was, at most, from its place in any frame a person saw.
 */
async function watchScroll(log: Locator): Promise<() => Promise<number>> {
  const watch = await log.evaluateHandle(async (element) => {
    element.scrollTop -= 900
    const { top, bottom } = element.getBoundingClientRect()
    // Taken in the same turn, before anything can have moved.
    const row = [...element.querySelectorAll('li[data-row]')].find((one) => {
      const place = one.getBoundingClientRect()
      return place.top >= top && place.bottom <= bottom
    })
    const place = row?.getBoundingClientRect().top ?? 0
    let most = 0
    let stopped = false
    // A task of its own after a frame: what is there then is what was painted.
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    const look = async () => {
      await frame()
      if (row) most = Math.max(most, row.isConnected ? Math.abs(row.getBoundingClientRect().top - place) : Infinity)
    }
    // The first frame tells of the scroll, and the second has what the log then did.
    await look()
    await look()
    const watching = (async () => {
      while (!stopped) await look()
    })()
    return async () => {
      // What came last is painted too.
      await look()
      stopped = true
      await watching
      return most
    }
  })
  return () => watch.evaluate((stop) => stop())
}
