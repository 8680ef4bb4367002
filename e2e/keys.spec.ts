import type { Locator, Page } from '@playwright/test'
import { unique } from './chat-room'
import { expect, test } from './fixtures'
import { expectAccessible, expectFitting } from './look'
import { ServerAction } from './server-action'
import { expectJoined } from './sign-in'

function row(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Keys' }).getByRole('listitem', { name, exact: true })
}

async function make(page: Page, name: string): Promise<string> {
  await page.getByLabel('Name').fill(name)
  await page.getByRole('checkbox', { name: /^device/ }).check()
  await page.getByRole('button', { name: 'Make key' }).click()
  return page
    .getByRole('region', { name: `The key of ${name}` })
    .getByLabel('The new key')
    .inputValue()
}

test('a member gets 403 from the page and is refused by the action', async ({ person, expectError }) => {
  expectError(/status of 403/)
  const [ada, ben] = await Promise.all([person('ada', '/settings/keys'), person('ben', '/settings')])
  await expectJoined(ada)
  await expect(ben.getByRole('link', { name: 'API keys' })).toHaveCount(0)
  expect((await ben.goto('/settings/keys'))?.status()).toBe(403)

  const [made, again, forged] = [unique('By the admin'), unique('Once more'), unique('By a member')]
  const action = await ServerAction.from(ada, async () => void (await make(ada, made)))
  expect(await action.replay(ada.request, (body) => body.replace(made, again))).toContain('"key":"sbk_')
  expect(await action.replay(ben.request, (body) => body.replace(made, forged))).toContain('"code":"forbidden"')
  await ada.reload()
  await expect(row(ada, again)).toBeVisible()
  await expect(row(ada, forged)).toHaveCount(0)
})

test('without a name or a use it is refused, and says what is wrong', async ({ person }) => {
  const ada = await person('ada', '/settings/keys')
  await expectJoined(ada)
  await ada.getByRole('button', { name: 'Make key' }).click()
  await expect(ada.getByLabel('Name')).toHaveAccessibleDescription(/Write something first\./)
  await expect(ada.getByLabel('Name')).toBeFocused()
  await expect(ada.getByText('Choose what it may be used for.')).toBeVisible()
})

test('it is shown once, opens a socket, and revoking it closes that socket at once', async ({ person }) => {
  const ada = await person('ada', '/settings')
  await expectJoined(ada)
  await ada.getByRole('link', { name: 'API keys' }).click()
  const name = unique('Saws in hall 2')
  const key = await make(ada, name)
  expect(key).toMatch(/^sbk_[\w-]{43}$/)
  await expect(row(ada, name)).toContainText(`${key.slice(0, 12)}…`)
  await expect(row(ada, name)).toContainText('Active')
  await expect(row(ada, name)).toContainText('Never used.')
  await ada.getByRole('button', { name: 'I have it' }).click()
  await ada.reload()
  expect(await ada.content()).not.toContain(key)

  const { WebSocket } = await import('ws')
  const { host } = new URL(ada.url())
  const device = new WebSocket(`ws://${host}/ws/device`, { headers: { authorization: `Bearer ${key}` } })
  await new Promise<void>((resolve, reject) => device.once('open', resolve).once('error', reject))
  const closed = new Promise((resolve) =>
    device.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )

  await row(ada, name)
    .getByRole('button', { name: `Revoke ${name}` })
    .click()
  await ada.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click()
  expect(await closed).toEqual({ code: 4001, reason: 'revoked' })
  await expect(row(ada, name)).toContainText('Revoked')
  await expect(row(ada, name)).not.toContainText('Never used.')
  await expectAccessible(ada)
  await ada.setViewportSize({ width: 360, height: 740 })
  await expectFitting(ada)
})
