import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { expectAccessible, expectFitting, photograph } from './look'
import { badge, expectJoined } from './sign-in'

const tile = (page: Page, term: string): Locator =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(term, { exact: true }) })
    .locator('dd')
    .first()
    .locator('span')
    .first()
const number = async (figure: Locator): Promise<number> =>
  Number(((await figure.textContent()) ?? '').replace(/[^\d-]/g, ''))
const stamp = (page: Page): Locator => page.locator('[data-stale]')
/** What the browser says of a line that was cut on purpose. */
const lineGone = [/WebSocket connection to .* failed/, /Failed to load resource: net::ERR_/, /CLIENT_FETCH_ERROR/]
const view = (page: Page, scope: string): Locator => page.locator(`[data-scope=${scope}][data-status=joined]`)

test('the first paint has the figures, without any script', async ({ browser, person, app }) => {
  const ada = await person('ada')
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ada.context().storageState(),
  })
  const page = await context.newPage()
  await page.goto(`${app.url}/dashboard`)
  expect(await number(tile(page, 'Open work orders'))).toBeGreaterThan(10)
  await expect(page.getByText(/in the last hour\. The busiest minute/)).toBeAttached()
  await context.close()
})

test('what an admin has simulated raises a member’s figures, and stops again', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/dashboard'), person('ben', '/dashboard')])
  await Promise.all([ada, ben].map((page) => expect(view(page, 'all')).toBeVisible()))
  const simulators = [ada, ben].map((page) => page.getByRole('region', { name: 'Simulator' }))
  const [hers, his] = simulators
  await expect(ben.getByRole('button', { name: 'Start', exact: true })).toHaveCount(0)
  await expect(ben.getByRole('slider')).toHaveCount(0)
  const before = await number(tile(ben, 'Orders today'))

  await ada.getByRole('slider', { name: 'Orders a minute' }).fill('600')
  await ada.getByRole('button', { name: 'Start', exact: true }).click()
  for (const simulator of simulators) {
    await expect(simulator.getByText('running', { exact: true })).toBeVisible()
    await expect(simulator.getByText(/600 orders a minute, .* Started by ada at \d\d:\d\d/)).toBeVisible()
  }
  await expect(async () => expect(await number(tile(ben, 'Orders today'))).toBeGreaterThan(before + 15)).toPass()
  await expect(async () => expect(await number(tile(ben, 'Production rate'))).toBeGreaterThan(100)).toPass()

  const slider = ada.getByRole('slider', { name: 'Orders a minute' })
  await slider.fill('30')
  await expect(his ?? slider).toContainText('30 orders a minute')

  await ada.getByRole('button', { name: 'Stop' }).click()
  for (const simulator of [hers, his]) await expect(simulator ?? slider).toContainText('stopped')
  await expect(ada.getByRole('button', { name: 'Start', exact: true })).toBeVisible()
  await expect(slider).toHaveValue('30')

  const second = await ada.context().newPage()
  await second.goto('/dashboard')
  await expect(view(second, 'all')).toBeVisible()
  await second.getByRole('slider', { name: 'Orders a minute' }).fill('20')
  await second.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(hers ?? slider).toContainText('20 orders a minute')
  await expect(slider).toHaveValue('20')
  await second.getByRole('button', { name: 'Stop' }).click()
  await expect(hers ?? slider).toContainText('stopped')
  await ada.reload()
  await expect(ada.getByRole('region', { name: 'Simulator' })).toContainText('stopped')
})

test('a product line is chosen, stands in the address, and survives a reload and the way back', async ({ person }) => {
  const ben = await person('ben', '/dashboard')
  await expect(view(ben, 'all')).toBeVisible()
  const all = await number(tile(ben, 'Open work orders'))
  // The label is what is there to be pressed; the radio button itself is for screen readers.
  await ben.getByRole('group', { name: 'Product line' }).getByText('Frames').click()
  await ben.waitForURL('**/dashboard?line=frames')
  await expect(view(ben, 'frames')).toBeVisible()
  await expect(ben.getByRole('heading', { name: 'Frames' })).toBeVisible()
  await expect(async () => expect(await number(tile(ben, 'Open work orders'))).toBeLessThan(all)).toPass()
  await expect(ben.getByText('of 8 products', { exact: true })).toBeVisible()

  await ben.reload()
  await expect(view(ben, 'frames')).toBeVisible()
  await expect(ben.getByRole('radio', { name: 'Frames' })).toBeChecked()
  await ben.goBack()
  await expect(view(ben, 'all')).toBeVisible()
  await expect(ben.getByRole('radio', { name: 'All lines' })).toBeChecked()
  await ben.goto('/dashboard?line=nonsense')
  await expect(view(ben, 'all')).toBeVisible()
})

test('each chart is also a table, by keyboard', async ({ person }) => {
  const ben = await person('ben', '/dashboard?line=fittings')
  await expect(view(ben, 'fittings')).toBeVisible()
  await expect(ben.getByRole('img', { name: /^Bar chart\. / })).toHaveCount(3)
  await expect(ben.locator('.uplot canvas')).toHaveCount(3)
  const sales = ben.getByRole('region', { name: 'Sales per minute', exact: true })
  await sales.locator('.u-over').hover()
  await expect(sales.locator('figcaption')).toHaveText(/^\d\d:\d\d: \d+ orders? for /)
  for (const [title, rows] of [
    ['Sales per minute', 60],
    ['Production by line', 12],
    ['Stock levels', 8],
  ] as const) {
    const panel = ben.getByRole('region', { name: title, exact: true })
    await panel.getByRole('button', { name: 'Show as table' }).focus()
    await ben.keyboard.press('Enter')
    await expect(panel.getByRole('table').getByRole('rowheader')).toHaveCount(rows)
    await expect(panel.getByRole('img', { name: /^Bar chart/ })).toHaveCount(0)
    await expect(panel.getByRole('button', { name: 'Show as chart' })).toBeFocused()
  }
  await expect(sales.locator('figcaption')).toContainText('in the last hour')
  await expectAccessible(ben)
  await ben.setViewportSize({ width: 360, height: 740 })
  await expectFitting(ben)
  await photograph(ben, 'dashboard-tables-360')
  await ben.getByRole('button', { name: 'Show as chart' }).first().click()
  await expect(ben.locator('.uplot canvas')).toHaveCount(1)
})

test('when the line is cut the figures are marked stale, and live again by themselves', async ({
  person,
  expectError,
}) => {
  for (const what of lineGone) expectError(what)
  const ben = await person('ben', '/dashboard')
  await expectJoined(ben)
  await expect(stamp(ben)).toHaveAttribute('data-stale', 'no')
  await expect(stamp(ben).getByText(/^As of \d\d:\d\d:\d\d$/)).toBeVisible()
  const before = await stamp(ben).locator('time').getAttribute('datetime')
  await expect(stamp(ben).locator('time')).not.toHaveAttribute('datetime', before ?? '')

  await ben.context().setOffline(true)
  await expect(stamp(ben)).toContainText('stale: the line is cut')
  await expect(badge(ben)).not.toHaveAttribute('data-status', 'joined')
  // Another line's figures cannot be had now; these stay, and not the browser's own page of a line that is cut.
  const frames = ben.getByRole('group', { name: 'Product line' }).getByText('Frames')
  await frames.click()
  await expect(ben.getByText('That page cannot be opened now.')).toBeVisible()
  await ben.getByRole('button', { name: 'Stay here' }).click()
  await expect(ben.getByRole('radio', { name: 'All lines' })).toBeChecked()
  const stopped = (await stamp(ben).locator('time').getAttribute('datetime')) ?? ''
  await ben.context().setOffline(false)
  await expect(stamp(ben)).toHaveAttribute('data-stale', 'no')
  await expect(stamp(ben)).toContainText('live')
  await expect(stamp(ben).locator('time')).not.toHaveAttribute('datetime', stopped)
  await frames.click()
  await expect(ben).toHaveURL(/line=frames$/)
})
