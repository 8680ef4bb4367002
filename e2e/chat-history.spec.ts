import { ChatRoom, unique } from './chat-room'
import { postAll } from './client'
import { expect, test } from './fixtures'

const many = 120

test('scrolling back loads older messages, under the eye still, to where the room begins', async ({ person }) => {
  // A person may post five messages a second.
  test.slow()
  const page = await person('cleo')
  const label = unique('count')
  await postAll(
    page,
    'hall-2',
    Array.from({ length: many }, (_, index) => `${label} no. ${index + 1}.`),
  )
  const room = await ChatRoom.open(page, 'hall-2')
  await expect(room.rows(`${label} no. ${many}.`)).toBeInViewport()
  await expect(room.rows(label)).toHaveCount(50)

  const begins = room.log.getByText('This is where the room begins.')
  // At the very top the browser anchors nothing by itself; a little below it does.
  for (const top of [40, 0, 0, 0, 0]) {
    if (await begins.isVisible()) break
    const before = await room.log.getByRole('listitem').count()
    const anchor = await (await room.log.locator('li[data-state]').nth(3).elementHandle())?.evaluateHandle((row) => row)
    if (!anchor) throw new Error('There is no message to watch.')
    const log = await room.log.elementHandle()
    const at = await log?.evaluate(
      (element, [row, scrollTop]) => {
        element.scrollTop = scrollTop
        return row.getBoundingClientRect().top
      },
      [anchor, top] as const,
    )
    await expect.poll(() => room.log.getByRole('listitem').count()).toBeGreaterThan(before)
    const after = await anchor.evaluate((row) => row.getBoundingClientRect().top)
    expect(Math.abs(after - (at ?? Number.NaN)), 'pixels by which the message moved').toBeLessThanOrEqual(2)
  }

  await expect(begins).toBeVisible()
  const shown = await room.rows(label).allInnerTexts()
  const numbers = shown.map((text) => Number(text.match(/no\. (\d+)\./)?.[1]))
  expect(numbers).toEqual(Array.from({ length: many }, (_, index) => index + 1))
})
