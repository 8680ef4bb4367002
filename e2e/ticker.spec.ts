import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { expectFitting } from './look'
import { expectJoined } from './sign-in'
import { TickerPage } from './ticker-page'

// What passes by and flashes here does so in these tests too.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

type Open = (name: 'ada' | 'ben', path?: string) => Promise<Page>

async function openTicker(person: Open, name: 'ada' | 'ben' = 'ben'): Promise<TickerPage> {
  const ticker = new TickerPage(await person(name, '/ticker'))
  await ticker.expectLive()
  return ticker
}

test('quotes move on two screens, and both are at the same prices when the exchange has stopped', async ({
  person,
}) => {
  const [ada, ben] = [await openTicker(person, 'ada'), await openTicker(person)]
  for (const { price } of [ada, ben].map((one) => ({ price: one.price('ACME') }))) {
    const before = await price.textContent()
    await expect(price).not.toHaveText(before ?? '')
  }
  await ada.page.getByRole('button', { name: 'Have it fall silent' }).click()
  for (const one of [ada, ben]) await one.expectFeed('stale')
  for (const symbol of ['ACME', 'LIME', 'ZEST']) {
    await expect(ben.price(symbol)).toHaveText((await ada.price(symbol).textContent()) ?? '')
  }
  await expect(ben.feedLine).toContainText(/No quotes since \d\d:\d\d:\d\d\. ada has stopped the exchange\./)
  await expect(ben.page.getByRole('button', { name: /Start it again|Close its line/ })).toHaveCount(0)
  await ada.page.getByRole('button', { name: 'Start it again' }).click()
  for (const one of [ada, ben]) await one.expectFeed('live')
})

test('an exchange that closes its line is stale on both screens, and live by itself when it is back', async ({
  person,
}) => {
  const [ada, ben] = [await openTicker(person, 'ada'), await openTicker(person)]
  await ada.page.getByRole('button', { name: 'Close its line' }).click()
  for (const one of [ada, ben]) await one.expectFeed('stale')
  await expect(ben.strip).toContainText(/No quotes since \d\d:\d\d:\d\d/)
  await expect(ben.rows).toHaveCount(50)
  await ada.page.getByRole('button', { name: 'Start it again' }).click()
  for (const one of [ada, ben]) await one.expectFeed('live')
})

test('at a lower rate fewer frames come and more is skipped; the choice is remembered', async ({ person }) => {
  const ben = await openTicker(person)
  await ben.setRate(5)
  await expect(ben.slider).toHaveAttribute('aria-valuetext', '50 updates per second')
  await expect.poll(() => ben.figure('frames')).toBeGreaterThan(15)
  const fast = { frames: await ben.figure('frames'), values: await ben.figure('values') }
  await ben.setRate(0)
  await expect(ben.slider).toHaveAttribute('aria-valuetext', '1 update per second')
  await expect.poll(() => ben.figure('frames')).toBeLessThan(4)
  await expect.poll(() => ben.figure('skipped')).toBeGreaterThan(150)
  await expect.poll(() => ben.figure('values')).toBeLessThan(fast.values / 2)
  const before = await ben.figure('skipped-in-all')
  await expect.poll(() => ben.figure('skipped-in-all')).toBeGreaterThan(before)
  await ben.page.reload()
  await ben.expectLive()
  await expect(ben.slider).toHaveAttribute('aria-valuetext', '1 update per second')
})

test('rows are sorted and found by keyboard', async ({ person }) => {
  const ben = await openTicker(person)
  await ben.page.getByRole('button', { name: 'Price' }).press('Enter')
  await expect(ben.page.getByRole('columnheader', { name: 'Price' })).toHaveAttribute('aria-sort', 'descending')
  const prices = (await ben.rows.locator('td:nth-of-type(1)').allTextContents()).map(Number)
  expect(prices[0]).toBeGreaterThan(prices.at(-1) ?? 0)
  const find = ben.page.getByRole('searchbox', { name: 'Find a symbol' })
  await find.fill('me')
  await expect(ben.page.getByText('2 of 50 symbols')).toBeVisible()
  await expect(ben.rows).toHaveCount(2)
  await find.fill('nothing of the kind')
  await ben.page.getByRole('button', { name: 'Show all' }).click()
  await expect(ben.rows).toHaveCount(50)
})

test('a cut line makes the quotes stale, and they are live again when it is back', async ({ person, expectError }) => {
  expectError(/ERR_INTERNET_DISCONNECTED|WebSocket/)
  const ben = await openTicker(person)
  await ben.page.context().setOffline(true)
  await ben.expectFeed('stale')
  await expect(ben.feedLine).toContainText('The line is cut. Reconnecting.')
  await ben.page.setViewportSize({ width: 360, height: 740 })
  await expectFitting(ben.page)
  await ben.page.setViewportSize({ width: 1280, height: 720 })
  await ben.page.context().setOffline(false)
  await ben.expectFeed('live')
})

test('the strip stops when it is pointed at or paused, and once hidden it stays so and is sent nothing', async ({
  person,
}) => {
  const ben = new TickerPage(await person('ben', '/chat'))
  await expectJoined(ben.page)
  const tape = ben.strip.locator('[data-tape]')
  const motion = () => tape.evaluate((element) => getComputedStyle(element).animationPlayState)
  await expect(ben.strip.locator('[data-feed]')).toHaveAttribute('data-feed', 'live')
  await ben.page.mouse.move(0, 0)
  await expect.poll(motion).toBe('running')
  await ben.strip.hover()
  await expect.poll(motion).toBe('paused')
  await ben.page.mouse.move(0, 0)
  await ben.strip.getByRole('button', { name: 'Pause the ticker' }).click()
  await ben.page.mouse.move(0, 0)
  const joins: string[] = []
  ben.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => joins.push(String(payload))))
  await ben.page.reload()
  await expect(ben.strip.getByRole('button', { name: 'Run the ticker' })).toBeVisible()
  await expect.poll(() => joins.filter((frame) => frame.includes('ticker:join'))).toHaveLength(1)
  await expect.poll(motion).toBe('paused')

  await ben.strip.getByRole('button', { name: 'Hide the ticker' }).click()
  await expect(ben.strip).toHaveCount(0)
  joins.length = 0
  await ben.page.reload()
  await expectJoined(ben.page)
  // A room that nobody joins is sent nothing; all that a page shows, it joins at once.
  await expect.poll(() => joins.some((frame) => frame.includes('chat:join'))).toBe(true)
  expect(joins.filter((frame) => frame.includes('ticker:'))).toEqual([])
  await expect(ben.strip).toHaveCount(0)

  await ben.page.goto('/ticker')
  await ben.expectLive()
  await ben.page.getByRole('switch', { name: /Show the strip/ }).click()
  await expect(ben.strip.getByRole('link', { name: 'Ticker' })).toBeVisible()
})

test('where less motion is wanted nothing passes by and nothing flashes; a phone has no strip', async ({ person }) => {
  const ben = new TickerPage(await person('ben', '/ticker'))
  await ben.page.emulateMedia({ reducedMotion: 'reduce' })
  await ben.expectLive()
  const running = () => ben.page.evaluate(() => document.getAnimations().length)
  const before = await ben.price('ACME').textContent()
  await expect(ben.price('ACME')).not.toHaveText(before ?? '')
  expect(await running()).toBe(0)
  await expect(ben.strip.getByRole('button', { name: 'Pause the ticker' })).toBeHidden()

  await ben.page.setViewportSize({ width: 360, height: 740 })
  await expect(ben.strip).toBeHidden()
  await expect(ben.strip.locator('[data-feed]')).toHaveCount(0)
  await ben.expectLive()
})

test('a row out of view is written once a second, and one in view as often as it changes', async ({ person }) => {
  const ben = await openTicker(person)
  await ben.setRate(5)
  await ben.price('ACME').scrollIntoViewIfNeeded()
  await expect(ben.price('ZEST')).not.toBeInViewport()
  const unseen = await ben.countWritten('ZEST', { while: 'ACME', is: 25 })
  expect(unseen.times).toBeLessThanOrEqual(Math.ceil(unseen.seconds) + 1)
  await ben.price('ZEST').scrollIntoViewIfNeeded()
  const seen = await ben.countWritten('ZEST', { while: 'VALE', is: 25 })
  expect(seen.times).toBeGreaterThan(Math.ceil(seen.seconds) + 1)
})
