import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { expectJoined, openSignIn, type PersonName, pick, signIn } from './sign-in'
import { endedScreen, UserPage } from './users-page'

const waiting = (page: Page) => page.getByRole('heading', { name: 'Waiting for your other session' })
const question = (page: Page) => page.getByRole('alertdialog', { name: 'dora is signing in elsewhere' })
const left = (page: Page) => page.getByText(/Without an answer you come in, in \d+ s\./)
const seconds = async (page: Page) => Number((await left(page).textContent())?.match(/\d+/)?.[0])

/** As the admin may have chosen for this one person; what others do in other tests is not touched. */
async function policyOf(admin: Page, name: PersonName, title?: string): Promise<void> {
  await (await UserPage.open(admin, name)).setPolicy(title)
}

/** Somebody with the right password, who is not let in yet. */
async function wait(page: Page): Promise<Page> {
  await openSignIn(page, '?returnTo=/chat/general')
  await pick(page, 'dora')
  await expect(waiting(page)).toBeVisible()
  return page
}

test('the oldest wins: the new sign-in is refused and told where the old one is, until that has ended', async ({
  person,
  visitor,
  expectError,
}) => {
  expectError(/status of 401/)
  const ada = await person('ada')
  const old = await person('dora', '/chat/general')
  await expectJoined(old)
  await policyOf(ada, 'dora', 'The oldest wins')
  const page = await visitor()
  await openSignIn(page)
  await pick(page, 'dora')
  const notice = page.getByRole('status').filter({ hasText: 'You are signed in elsewhere' })
  await expect(notice).toContainText(/Chrom\w+ on \w+, 127\.0\.0\.1, last seen \d/)
  await page.reload()
  await expect(notice).toBeVisible()
  await expectJoined(old)

  await page.getByLabel('Name').fill('dora')
  await page.getByRole('textbox', { name: 'Password' }).fill('not this')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.locator('form').getByRole('alert')).toHaveText('The name or the password is not right.')

  await old.getByRole('button', { name: 'Sign out' }).click()
  await old.waitForURL('/sign-in')
  await pick(page, 'dora')
  await page.waitForURL('/')
  await policyOf(ada, 'dora')
})

test.describe('the old session is asked', () => {
  let old: Page
  let otherTab: Page
  let page: Page

  test.beforeEach(async ({ person, visitor, expectError }) => {
    expectError(/status of 401/)
    const ada = await person('ada')
    await policyOf(ada, 'dora', 'The newest wins')
    old = await person('dora', '/chat/general')
    otherTab = await old.context().newPage()
    await otherTab.goto('/settings')
    await Promise.all([expectJoined(old), expectJoined(otherTab)])
    await policyOf(ada, 'dora', 'Ask the old session')
    page = await wait(await visitor())
  })

  test('on every tab, with who and where; it keeps its place, and the new one is told', async () => {
    for (const tab of [old, otherTab]) {
      await expect(question(tab)).toContainText(/Chrom\w+ on \w+/)
      await expect(question(tab)).toContainText('127.0.0.1')
      await expect(question(tab)).toContainText(/in \d+ seconds?\./)
      await tab.keyboard.press('Escape')
      await expect(question(tab)).toBeVisible()
    }
    await expect(left(page)).toBeVisible()
    await question(otherTab).getByRole('button', { name: 'Keep my place' }).click()
    for (const tab of [old, otherTab]) await expect(question(tab)).toHaveCount(0)
    const notice = page.getByRole('status').filter({ hasText: 'Your other session kept its place' })
    await expect(notice).toContainText('127.0.0.1')
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    await expectJoined(old)
  })

  test('and gives way: the new one comes in, and the old one says why it ended', async () => {
    await question(old).getByRole('button', { name: 'Give way' }).click()
    await page.waitForURL('/chat/general')
    await expectJoined(page)
    for (const tab of [old, otherTab]) {
      await expect(endedScreen(tab, 'You were signed out here')).toContainText('127.0.0.1')
    }
  })

  test('and says nothing, while the waiting page is loaded again: after 20 seconds the new one is in', async () => {
    const begun = Date.now()
    await expect.poll(() => seconds(page)).toBeLessThan(17)
    await page.reload()
    await expect(waiting(page)).toBeVisible()
    expect(await seconds(page)).toBeLessThan(18)
    await expectJoined(old)
    await page.waitForURL('/chat/general', { timeout: 30_000 })
    expect(Date.now() - begun).toBeGreaterThan(15_000)
    await expect(endedScreen(old, 'You were signed out here')).toBeVisible()
  })

  test('until the new one gives up', async () => {
    await expect(question(old)).toBeVisible()
    await page.getByRole('button', { name: 'Stop waiting' }).click()
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    for (const tab of [old, otherTab]) await expect(question(tab)).toHaveCount(0)
    await expectJoined(old)
  })

  test('or is closed meanwhile, by signing out: the new one need not wait any longer', async () => {
    await question(otherTab).waitFor()
    await old.close()
    // By a request of its own, as a tab would that had not been asked yet.
    const { csrfToken } = await (await otherTab.request.get('/api/auth/csrf')).json()
    await otherTab.request.post('/api/auth/signout', { form: { csrfToken, json: 'true' } })
    await page.waitForURL('/chat/general', { timeout: 10_000 })
    await expect(endedScreen(otherTab, 'You are signed out')).toBeVisible()
  })
})

test('a server that is killed and comes back meanwhile has forgotten nobody who waits', async ({
  ownApp,
  visitor,
  expectError,
}) => {
  expectError(
    /ERR_(CONNECTION_(REFUSED|RESET)|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)|status of 401|Failed to fetch/,
  )
  const open = () => visitor({ baseURL: ownApp.url })
  const ada = await open()
  await signIn(ada, 'ada')
  const old = await open()
  await signIn(old, 'dora', '/chat/general')
  await expectJoined(old)
  await policyOf(ada, 'dora', 'Ask the old session')
  const page = await wait(await open())
  await expect(question(old)).toBeVisible()
  await ownApp.kill()
  await ownApp.restart()
  await page.reload()
  // The time goes on while the server is away, so it may have come in already.
  await page.waitForURL('/chat/general', { timeout: 40_000 })
  await expect(endedScreen(old, 'You were signed out here')).toBeVisible({ timeout: 40_000 })
})
