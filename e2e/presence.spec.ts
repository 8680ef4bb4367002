import type { Locator, Page } from '@playwright/test'
import { ChatRoom } from './chat-room'
import { expect, test } from './fixtures'
import { badge, expectJoined, type PersonName } from './sign-in'

const lineGone = [/WebSocket connection to .* failed/, /Failed to load resource: net::ERR_/, /CLIENT_FETCH_ERROR/]

function hereNow(page: Page): Locator {
  return page.getByRole('list', { name: / here$/ })
}

function personIn(page: Page, name: PersonName): Locator {
  return hereNow(page).getByRole('listitem').filter({ hasText: name })
}

/** Both have joined the room's presence, and each sees the other. */
async function together(person: (name: PersonName, path: string) => Promise<Page>) {
  const pages = await Promise.all([person('ben', '/chat/hall-2'), person('cleo', '/chat/hall-2')])
  const [ben, cleo] = pages
  for (const page of pages) await expect(hereNow(page)).toHaveAttribute('data-status', 'joined')
  await expect(personIn(ben, 'cleo')).toBeVisible()
  await expect(personIn(cleo, 'ben')).toBeVisible()
  return { ben, cleo }
}

/** From now on, whether that person was ever missing from the list of this page; asked at the end. */
async function watchFor(page: Page, name: PersonName): Promise<() => Promise<boolean>> {
  const watch = await hereNow(page).evaluateHandle((list, name) => {
    const state = { missing: false }
    new MutationObserver(() => {
      state.missing ||= !list.textContent?.includes(name)
    }).observe(list, { subtree: true, childList: true, characterData: true })
    return state
  }, name)
  return () => watch.evaluate(({ missing }) => missing)
}

/** No two tabs of a browser without a window hide each other. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

test('one sees the other arrive, with two tabs, and go', async ({ person }) => {
  const ben = await person('ben', '/chat/hall-2')
  await expect(hereNow(ben)).toHaveAttribute('data-status', 'joined')
  await expect(personIn(ben, 'ben')).toBeVisible()
  await expect(personIn(ben, 'cleo')).toBeHidden({ timeout: 20_000 })

  const cleo = await person('cleo', '/chat/hall-2')
  await expect(personIn(ben, 'cleo')).toContainText('here')
  await expect(hereNow(ben)).toHaveAccessibleName('ben and cleo are here')
  await expect(hereNow(cleo)).toHaveAccessibleName('ben and cleo are here')

  const second = await cleo.context().newPage()
  await second.goto('/chat/hall-2')
  await expect(personIn(ben, 'cleo')).toContainText('cleo, 2 tabs')
  await second.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'general' }).click()
  await expect(personIn(ben, 'cleo')).not.toContainText('tabs')
  await cleo.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'general' }).click()
  await expect(personIn(ben, 'cleo')).toBeHidden()
  await expect(hereNow(ben)).toHaveAccessibleName('ben is here')
})

test('a tab that is hidden is idle after a moment, and the part of the page that has the focus is told', async ({
  person,
}) => {
  const { ben, cleo } = await together(person)
  await hide(cleo, true)
  await expect(personIn(ben, 'cleo')).toContainText('idle')
  await hide(cleo, false)
  await expect(personIn(ben, 'cleo')).toContainText('here')

  await new ChatRoom(cleo, 'hall-2').box.focus()
  await expect(personIn(ben, 'cleo')).toContainText('at the message box')
  await cleo.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'hall-2' }).focus()
  await expect(personIn(ben, 'cleo')).not.toContainText('at the message box')
})

test('neither a reload nor a line that is cut for a moment shows on the other screen', async ({
  person,
  expectError,
}) => {
  for (const error of lineGone) expectError(error)
  const { ben, cleo } = await together(person)
  const wasMissing = await watchFor(ben, 'cleo')

  for (let round = 0; round < 2; round++) {
    await cleo.reload()
    await expect(hereNow(cleo)).toHaveAttribute('data-status', 'joined')
  }
  await cleo.context().setOffline(true)
  await expect(badge(cleo)).toHaveAttribute('data-status', 'offline')
  await cleo.context().setOffline(false)
  await expectJoined(cleo)
  await expect(hereNow(cleo)).toHaveAttribute('data-status', 'joined')

  // What has changed last is seen, so all before it was.
  await hide(cleo, true)
  await expect(personIn(ben, 'cleo')).toContainText('idle')
  await expect(personIn(ben, 'cleo')).not.toContainText('tabs')
  expect(await wasMissing()).toBe(false)
})

test('a tab closed for good is gone after a while', async ({ person }) => {
  const { ben, cleo } = await together(person)
  await cleo.close()
  await expect(personIn(ben, 'cleo')).toBeVisible()
  await expect(personIn(ben, 'cleo')).toBeHidden({ timeout: 25_000 })
})

test('whoever signs out is gone at once', async ({ person }) => {
  const { ben, cleo } = await together(person)
  await cleo.getByRole('button', { name: 'Sign out' }).click()
  await cleo.waitForURL(/\/sign-in/)
  await expect(personIn(ben, 'cleo')).toBeHidden({ timeout: 3_000 })
})
