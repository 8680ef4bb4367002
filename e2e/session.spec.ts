import type { Page } from '@playwright/test'
import { connect, heldBy } from './client'
import { expect, test } from './fixtures'
import { expectJoined, openSignIn, signIn } from './sign-in'
import { addPerson, endedScreen, expectEndedWithin, momentOfEnd, UserPage } from './users-page'

const password = 'a good long password'
let people = 0

/** Somebody new, who may be signed in on any number of devices. */
async function newPerson(admin: Page): Promise<string> {
  people += 1
  const name = `person-${process.pid}-${people}`
  await addPerson(admin, name, password)
  await (await UserPage.open(admin, name)).setPolicy('Any number of devices')
  return name
}

/** On the sign-in page, where it may be refused. */
async function tryToSignIn(page: Page, name: string, secret: string): Promise<void> {
  await openSignIn(page)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const signInAs = (page: Page, name: string, path: string) => signIn(page, name, path, password)

const devices = (page: Page) => page.getByRole('main').getByRole('listitem', { name: /127\.0\.0\.1/ })
const tabs = (page: Page) => page.getByRole('list', { name: 'Open tabs' }).getByRole('listitem')

test('every device and tab is there, this one marked, and each comes and goes by itself', async ({
  person,
  visitor,
}) => {
  const name = await newPerson(await person('ada'))
  const first = await visitor()
  await signInAs(first, name, '/settings/sessions')
  await expectJoined(first)
  await expect(devices(first)).toHaveCount(1)
  await expect(devices(first)).toContainText('This device')
  await expect(devices(first)).toContainText(/Chrom\w+ on \w+/)
  await expect(tabs(first)).toHaveCount(1)
  await expect(tabs(first)).toContainText('This tab')
  await expect(tabs(first)).toContainText(/\d+ ms/, { timeout: 30_000 })

  const second = await visitor()
  await signInAs(second, name, '/chat/general')
  await expect(devices(first)).toHaveCount(2)
  await expect(devices(first).filter({ hasText: 'This device' })).toHaveCount(1)
  const other = devices(first).filter({ hasNotText: 'This device' })
  await expect(other).toContainText('Open now, in 1 tab')
  const tab = await second.context().newPage()
  await tab.goto('/settings')
  await expect(other).toContainText('Open now, in 2 tabs')
  await tab.close()
  await expect(other).toContainText('Open now, in 1 tab')
  await second.close()
  await expect(other).toContainText('Last seen')
})

test('one is ended, then all others, then all: their screens say so within a second', async ({ person, visitor }) => {
  const name = await newPerson(await person('ada'))
  const [here, one, two, three] = [await visitor(), await visitor(), await visitor(), await visitor()]
  await signInAs(here, name, '/settings/sessions')
  await expectJoined(here)
  await signInAs(one, name, '/chat/general')
  await expectJoined(one)
  const held = await heldBy(one)
  await devices(here).filter({ hasNotText: 'This device' }).getByRole('button', { name: /^End/ }).click()
  await expectEndedWithin([one], here, () =>
    here.getByRole('alertdialog').getByRole('button', { name: 'End session' }).click(),
  )
  await expect(devices(here)).toHaveCount(1)
  expect(await connect(held)).toBe('unauthenticated')

  for (const page of [two, three]) {
    await signInAs(page, name, '/settings')
    await expectJoined(page)
  }
  await expect(devices(here)).toHaveCount(3)
  await here.getByRole('button', { name: 'End all others' }).click()
  await expectEndedWithin([two, three], here, () =>
    here.getByRole('alertdialog').getByRole('button', { name: 'End all others' }).click(),
  )
  await expect(devices(here)).toHaveCount(1)
  await expectJoined(here)

  await here.getByRole('button', { name: 'End all', exact: true }).click()
  await here.getByRole('alertdialog').getByRole('button', { name: 'End all', exact: true }).click()
  await expect(endedScreen(here, 'You are signed out')).toBeVisible()
})

test('an admin sees and ends another person’s, and no member does', async ({ person, visitor, expectError }) => {
  expectError(/status of 403/)
  const ada = await person('ada')
  const name = await newPerson(ada)
  const page = await visitor()
  await signInAs(page, name, '/chat/general')
  await expectJoined(page)
  await expect(devices(ada)).toHaveCount(1)
  await expect(devices(ada)).not.toContainText('This device')
  const address = ada.url()
  await ada.getByRole('button', { name: 'End all' }).click()
  await expectEndedWithin([page], ada, () =>
    ada.getByRole('alertdialog').getByRole('button', { name: 'End all' }).click(),
  )
  await expect(ada.getByText('Signed in nowhere')).toBeVisible()

  const ben = await person('ben')
  expect((await ben.goto(address))?.status()).toBe(403)
  const socket = await connect(await heldBy(ben))
  if (typeof socket === 'string') throw new Error(`The client was refused: ${socket}`)
  const room = new URL(address).pathname.split('/').at(-1)
  expect(await socket.emitWithAck('session:join', { room })).toMatchObject({ ok: false, code: 'forbidden' })
  socket.disconnect()
})

test('changing one’s password needs the present one, ends the other sessions and keeps this one', async ({
  person,
  visitor,
  expectError,
}) => {
  expectError(/status of 401/)
  const name = await newPerson(await person('ada'))
  const [here, there] = [await visitor(), await visitor()]
  await signInAs(here, name, '/settings/sessions')
  await signInAs(there, name, '/chat/general')
  await Promise.all([expectJoined(here), expectJoined(there)])
  const change = async (current: string, next: string) => {
    await here.getByRole('textbox', { name: 'Current password' }).fill(current)
    await here.getByRole('textbox', { name: 'New password' }).fill(next)
    await here.getByRole('button', { name: 'Change password' }).click()
  }
  await change('not this one', 'another good password')
  await expect(here.getByRole('textbox', { name: 'Current password' })).toHaveAccessibleDescription(
    /This is not your password\./,
  )
  await change(password, 'short')
  await expect(here.getByRole('textbox', { name: 'New password' })).toHaveAccessibleDescription(/at least 10/)
  await expectJoined(there)

  const moment = momentOfEnd(there)
  await change(password, 'another good password')
  await expect(here.getByText('Your password is changed.')).toBeVisible()
  await moment
  await expect(devices(here)).toHaveCount(1)
  await expectJoined(here)
  await endedScreen(there).getByRole('link', { name: 'Sign in again' }).click()
  await tryToSignIn(there, name, password)
  await expect(there.locator('form').getByRole('alert')).toHaveText('The name or the password is not right.')
  await tryToSignIn(there, name, 'another good password')
  await expectJoined(there)
})
