import type { Page } from '@playwright/test'
import { ChatRoom } from './chat-room'
import { expect, test } from './fixtures'
import { expectAccessible } from './look'
import { badge, expectJoined, signIn } from './sign-in'

const lineGone = [/WebSocket connection to .* failed/, /Failed to load resource: net::ERR_/, /CLIENT_FETCH_ERROR/]
const draft = 'Half a sentence, and'

const entry = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Use cases' }).getByRole('link', { name })
const notice = (page: Page) => page.getByRole('listitem').filter({ hasText: 'That page cannot be opened now.' })
const composer = (page: Page) => page.getByRole('textbox', { name: 'Message' })

test.beforeEach(({ expectError }) => {
  for (const what of lineGone) expectError(what)
})

/** A room with something half written in it, on a line that is cut. */
async function writeAndCut(page: Page): Promise<void> {
  await ChatRoom.open(page)
  await composer(page).fill(draft)
  await page.context().setOffline(true)
  await expect(badge(page)).toHaveAttribute('data-status', 'offline')
}

async function expectStayed(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/chat\/general$/)
  await expect(composer(page)).toHaveValue(draft)
}

test('a link followed while the line is cut leaves the page as it is, and opens when the line is back', async ({
  person,
}) => {
  const page = await person('ben', '/chat/general')
  await writeAndCut(page)
  await entry(page, 'Numbers').press('Enter')
  await expect(notice(page)).toContainText('The server does not answer. The page opens when it does')
  await expectStayed(page)
  await expectAccessible(page)

  // Another press is another wish: the last one counts.
  await entry(page, 'Jobs').click()
  await page.context().setOffline(false)
  await expect(page).toHaveURL(/\/jobs$/)
  await expectJoined(page)
  await expect(entry(page, 'Jobs')).toHaveAttribute('aria-current', 'page')
  await expect(notice(page)).toHaveCount(0)
})

for (const { how, act } of [
  { how: 'says so', act: (page: Page) => notice(page).getByRole('button', { name: 'Stay here' }).click() },
  {
    how: 'goes on writing',
    act: async (page: Page) => {
      await composer(page).press('End')
      await composer(page).press('!')
      await composer(page).press('Backspace')
    },
  },
]) {
  test(`who ${how} stays where they are when the line is back`, async ({ person }) => {
    const page = await person('ben', '/chat/general')
    await writeAndCut(page)
    await entry(page, 'Numbers').click()
    await expect(notice(page)).toBeVisible()
    await act(page)
    await expect(notice(page)).toHaveCount(0)
    await page.context().setOffline(false)
    await expectJoined(page)
    await expectStayed(page)
    // The way is free again, to the same page too.
    await entry(page, 'Numbers').click()
    await expect(page).toHaveURL(/\/numbers/)
    await expectJoined(page)
  })
}

test('the way back waits for the line too', async ({ person }) => {
  const page = await person('ben', '/jobs')
  await expectJoined(page)
  await entry(page, 'Numbers').click()
  await expect(page.getByRole('heading', { name: 'Numbers', level: 1 })).toBeVisible()
  // What was kept of the page before is gone.
  await page.reload()
  await expectJoined(page)
  await page.context().setOffline(true)
  await expect(badge(page)).toHaveAttribute('data-status', 'offline')
  await page.evaluate(() => history.back())
  await expect(notice(page)).toBeVisible()
  await expect(notice(page).getByRole('button', { name: 'Stay here' })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Numbers', level: 1 })).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByRole('heading', { name: 'Jobs', level: 1 })).toBeVisible()
  await expect(notice(page)).toHaveCount(0)
})

test('a link followed while the server is down opens when it is up again', async ({ ownApp, visitor }) => {
  const page = await visitor({ baseURL: ownApp.url })
  await signIn(page, 'ben', '/chat/general')
  await ChatRoom.open(page)
  await composer(page).fill(draft)
  await ownApp.kill()
  await expect(badge(page)).toHaveAttribute('data-status', 'reconnecting')
  await entry(page, 'Jobs').click()
  await expect(notice(page)).toBeVisible()
  await expectStayed(page)
  await ownApp.restart()
  await expect(page).toHaveURL(/\/jobs$/, { timeout: 30_000 })
  await expectJoined(page)
})
