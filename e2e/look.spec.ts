import type { Page } from '@playwright/test'
import { openTo } from '#components/catalog'
import { BroadcastPage } from './broadcast-page'
import { ChatRoom, unique } from './chat-room'
import { expect, test } from './fixtures'
import { expectAccessible, expectFitting, expectVisibleFocus, photograph } from './look'
import { expectJoined, openSignIn } from './sign-in'

const widths = [1280, 360]
const schemes = ['light', 'dark'] as const

/** Each width in each scheme. */
async function inspect(page: Page, name: string): Promise<void> {
  await expectVisibleFocus(page)
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      await photograph(page, `${name}-${width}-${colorScheme}`)
      await expectFitting(page)
      await expectAccessible(page)
    }
  }
}

for (const { slug, title, href } of openTo('admin')) {
  test(`the page of ${title}`, async ({ person }) => {
    const page = await person('ada')
    await page.goto(href)
    await expectJoined(page)
    await inspect(page, slug)
  })
}

test('the start page', async ({ person }) => {
  const page = await person('ada')
  await expectJoined(page)
  await inspect(page, 'start')
})

test('the sign-in page, also after a wrong password', async ({ visitor, expectError }) => {
  expectError(/status of 401/)
  const page = await visitor()
  await openSignIn(page)
  await inspect(page, 'sign-in')
  await page.getByLabel('Name').fill('ben')
  await page.getByRole('textbox', { name: 'Password' }).fill('not this')
  await page.keyboard.press('Enter')
  await expect(page.locator('form').getByRole('alert')).not.toBeEmpty()
  await photograph(page, 'sign-in-wrong-360-dark')
  await expectAccessible(page)
})

test('a page there is not, and one that is not open to a member', async ({ person, expectError }) => {
  expectError(/status of 40[34]/)
  const page = await person('ben')
  await page.goto('/settings/nothing')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await inspect(page, 'not-found')
  await page.goto('/settings/broadcast')
  await expect(page.getByRole('heading', { name: 'This page is not open to you' })).toBeVisible()
  await inspect(page, 'forbidden')
})

test('the screen of a session that has ended, and sign-in after it', async ({ person }) => {
  const page = await person('ben')
  await expectJoined(page)
  await person('ben')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await inspect(page, 'ended')
  await page.getByRole('link', { name: 'Sign in again' }).click()
  await page.waitForURL('/sign-in')
  await photograph(page, 'sign-in-ended-360-dark')
  await expectFitting(page)
  await expectAccessible(page)
})

test('what comes over a page: menu, banner, question, error', async ({ person }) => {
  const page = await person('ada', '/settings/broadcast')
  await expectJoined(page)
  const text = unique(
    'The database moves to the new machine on Saturday from 18:00 to about 22:00; save your work before',
  )
  await new BroadcastPage(page).send(text, { severity: 'Warning' })
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      await photograph(page, `banner-${width}-${colorScheme}`)
      await expectFitting(page)
      await expectAccessible(page)
    }
  }
  await new BroadcastPage(page).standing(text).getByRole('button', { name: 'Withdraw' }).click()
  await photograph(page, 'question-360-dark')
  await expectAccessible(page)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click()
  await page.getByRole('button', { name: 'Menu' }).click()
  await expect(page.getByRole('dialog', { name: 'Use cases' })).toBeVisible()
  await photograph(page, 'menu-360-dark')
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('link', { name: 'Chat' }).click()

  const room = new ChatRoom(page, 'general')
  await room.expectJoined()
  await room.say('x'.repeat(2_001))
  await expect(room.panel.getByRole('alert')).toBeVisible()
  await photograph(page, 'chat-too-long-360-dark')
  await expectFitting(page)
  await expectAccessible(page)
})
