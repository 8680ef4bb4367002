import { expect, type Locator, type Page } from '@playwright/test'

export type PersonName = 'ada' | 'ben' | 'cleo' | 'dora'

export async function openSignIn(page: Page, search = ''): Promise<void> {
  await page.goto(`/sign-in${search}`)
  await whenAlive(page)
}

/** Resolves once React has taken the form over; nothing that a person sees tells when. */
export async function whenAlive(page: Page): Promise<void> {
  const button = await page.getByRole('button', { name: 'Sign in', exact: true }).elementHandle()
  await page.waitForFunction(
    (element) => Object.keys(element ?? {}).some((key) => key.startsWith('__reactProps')),
    button,
  )
}

/** What the sign-in page does, without its screen: that one has tests of its own. */
export async function signIn(page: Page, name: string, path = '/', password = 'switchboard'): Promise<void> {
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const form = { csrfToken, username: name, password, json: 'true' }
  // As the browser calls itself, because a session is shown with its device.
  const headers = { 'user-agent': await page.evaluate(() => navigator.userAgent) }
  const answer = await page.request.post('/api/auth/callback/credentials', { form, headers })
  expect(answer.status(), await answer.text()).toBe(200)
  await page.goto(path)
}

/** Presses a demonstration person's button, again while the page has not come alive: then nothing is asked. */
export async function pick(page: Page, name: PersonName): Promise<void> {
  const button = page.getByRole('button', { name: new RegExp(`^${name} `) })
  await expect(async () => {
    const asked = page.waitForRequest(/\/api\/auth\/csrf/, { timeout: 1_000 })
    await Promise.all([asked, button.click()])
  }).toPass({ timeout: 20_000 })
}

/** The badge of the shell says that the line is up. */
export async function expectJoined(page: Page): Promise<void> {
  await expect(badge(page)).toHaveAttribute('data-status', 'joined')
}

/** After the server was away: a tab waits up to 15 seconds before it tries again (`backOff`). */
export async function expectReturned(page: Page): Promise<void> {
  await expect(badge(page)).toHaveAttribute('data-status', 'joined', { timeout: 30_000 })
}

export function badge(page: Page): Locator {
  return page.locator('span[data-status]')
}
