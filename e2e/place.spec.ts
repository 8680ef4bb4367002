import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { expectJoined } from './sign-in'

/** Of the page's own scroller. */
const place = (page: Page) => page.locator('main > .overflow-y-auto').evaluate(({ scrollTop }) => Math.round(scrollTop))
const link = (page: Page, nth: number) => page.locator('[data-order] a').nth(nth)

async function openFromBelow(page: Page): Promise<number> {
  await expectJoined(page)
  await link(page, 20).scrollIntoViewIfNeeded()
  await link(page, 20).evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await expect.poll(() => place(page)).toBeGreaterThan(300)
  const left = await place(page)
  await link(page, 20).click()
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
  return left
}

for (const width of [1280, 360]) {
  test(`the way back to a list leads to the place one left, at ${width} px`, async ({ person }) => {
    const page = await person('ben', '/orders')
    await page.setViewportSize({ width, height: 740 })
    const left = await openFromBelow(page)
    // A new page begins at its top.
    await expect(page.locator('div[data-version]')).toHaveAttribute('data-status', 'joined')
    expect(await place(page)).toBe(0)
    await page.locator('main > .overflow-y-auto').evaluate((element) => element.scrollTo(0, 120))
    await expect.poll(() => place(page)).toBe(120)

    await page.goBack()
    await expect(link(page, 20)).toBeInViewport()
    expect(await place(page)).toBe(left)
    await page.goForward()
    await expect(page.locator('div[data-version]')).toHaveAttribute('data-status', 'joined')
    expect(await place(page)).toBe(120)
  })
}

test('a page loaded anew is where it was, and so is the way back from there', async ({ person, expectError }) => {
  const page = await person('ben', '/orders')
  const left = await openFromBelow(page)
  await expect(page.locator('div[data-version]')).toHaveAttribute('data-status', 'joined')
  await page.reload()
  await expectJoined(page)
  await page.goBack()
  await expect(link(page, 20)).toBeInViewport()
  expect(await place(page)).toBe(left)

  // Nobody sees it begin at the top: it is there before the page's own scripts are.
  expectError(/ERR_FAILED/)
  await page.route(/\/_next\/static\/.*\.js/, (route) => route.abort())
  await page.reload({ waitUntil: 'domcontentloaded' })
  await expect(link(page, 20)).toBeInViewport()
  await page.unrouteAll()
  await page.reload()
  await expectJoined(page)
  await expect.poll(() => place(page)).toBe(left)
})

test('the same list by a link is a new page, at its top', async ({ person }) => {
  const page = await person('ben', '/orders')
  await openFromBelow(page)
  await page.getByRole('navigation', { name: 'Use cases' }).getByRole('link', { name: 'Work orders' }).click()
  await page.waitForURL(/\/orders$/)
  await expect(link(page, 0)).toBeInViewport()
  expect(await place(page)).toBe(0)
})

test('each page of a list keeps its own place', async ({ person }) => {
  const page = await person('ben', '/orders')
  await expectJoined(page)
  await page.locator('main > .overflow-y-auto').evaluate((element) => element.scrollTo(0, 150))
  await expect.poll(() => place(page)).toBe(150)
  const first = await link(page, 0).textContent()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(link(page, 0)).not.toHaveText(first ?? '')
  await page.locator('main > .overflow-y-auto').evaluate((element) => element.scrollTo(0, 40))
  await expect.poll(() => place(page)).toBe(40)
  await page.goBack()
  await expect(link(page, 0)).toHaveText(first ?? '')
  await expect.poll(() => place(page)).toBeGreaterThan(149)
})
