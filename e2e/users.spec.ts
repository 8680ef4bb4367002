import { unique } from './chat-room'
import { expect, test } from './fixtures'
import { ServerAction } from './server-action'
import { expectJoined, openSignIn, pick, signIn } from './sign-in'
import { addPerson, endedScreen, expectEndedWithin, UserPage } from './users-page'
import { closedOnScreen } from './watch'

const password = 'a good long password'
const newName = (name: string) =>
  unique(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)

test('a member gets 403 from the pages, and is refused by the actions', async ({ person, expectError }) => {
  expectError(/status of 403/)
  const [ada, ben] = await Promise.all([person('ada'), person('ben')])
  await ben.goto('/settings')
  await expect(ben.getByRole('link', { name: 'Users' })).toHaveCount(0)
  expect((await ben.goto('/settings/users'))?.status()).toBe(403)

  const name = newName('by the admin')
  const action = await ServerAction.from(ada, () => addPerson(ada, name, password))
  const [again, forged] = [newName('again'), newName('by a member')]
  expect(await action.replay(ada.request, (body) => body.replace(name, again))).toContain('$undefined')
  expect(await action.replay(ben.request, (body) => body.replace(name, forged))).toContain('"code":"forbidden"')

  const page = await UserPage.open(ada, again)
  const role = await ServerAction.from(ada, () => page.setRole('admin'))
  expect(await role.replay(ben.request)).toContain('"code":"forbidden"')
  expect(await role.replay(ada.request, (body) => body.replace(/[0-9a-f-]{36}/, 'nobody'))).toContain(
    '"code":"invalid"',
  )
  await page.setRole('member')
  await ada.goto('/settings/users')
  await expect(ada.getByRole('link', { name: again })).toBeVisible()
  await expect(ada.getByRole('link', { name: forged })).toHaveCount(0)
})

test('a role given and taken opens and closes the pages of a screen that is open', async ({ person, expectError }) => {
  expectError(/status of 403/)
  expectError(closedOnScreen)
  const ada = await person('ada')
  const cleo = await person('cleo', '/chat/general')
  await expectJoined(cleo)
  const entry = cleo.getByRole('navigation').getByRole('link', { name: 'Broadcast' })
  const page = await UserPage.open(ada, 'cleo')
  await page.setRole('admin')
  await entry.click()
  await expect(cleo.getByRole('heading', { name: 'Broadcast', level: 1 })).toBeVisible()
  await expectJoined(cleo)
  await page.setRole('member')
  await expect(cleo.getByRole('heading', { name: 'Not open to you', level: 1 })).toBeVisible()
  await expect(entry).toHaveCount(0)
})

test('a disabled person is out within a second, cannot come in, and can when enabled again', async ({
  person,
  visitor,
  expectError,
}) => {
  expectError(/status of 401/)
  const ada = await person('ada')
  const cleo = await person('cleo', '/chat/general')
  await expectJoined(cleo)
  const page = await UserPage.open(ada, 'cleo')
  await ada.getByRole('button', { name: 'Disable' }).click()
  await expectEndedWithin([cleo], ada, () =>
    ada.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click(),
  )
  await expect(ada.getByText('Disabled', { exact: true })).toBeVisible()
  const late = await visitor()
  await openSignIn(late)
  await pick(late, 'cleo')
  await expect(late.locator('form').getByRole('alert')).toContainText('This account is disabled.')

  await page.page.getByRole('button', { name: 'Enable' }).click()
  await expect(ada.getByText('Disabled', { exact: true })).toHaveCount(0)
  await signIn(late, 'cleo')
  await expectJoined(late)
})

test('a new person signs in, is renamed on their open screen, and is out when the password is reset', async ({
  person,
  visitor,
  expectError,
}) => {
  expectError(/status of 401/)
  const ada = await person('ada')
  const [name, renamed] = [newName('emil'), newName('renamed')]
  await addPerson(ada, name, password)
  await ada.getByLabel('Name').fill(name)
  await ada.getByRole('textbox', { name: 'First password' }).fill(password)
  await ada.getByRole('button', { name: 'Add person' }).click()
  await expect(ada.getByRole('main').getByRole('alert')).toContainText('There is already a person named')

  const page = await visitor()
  const enter = async (as: string, secret: string) => {
    await openSignIn(page)
    await page.getByLabel('Name').fill(as)
    await page.getByRole('textbox', { name: 'Password' }).fill(secret)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  await enter(name, password)
  await expect(page.getByText(`Signed in as ${name}.`)).toBeVisible()
  await expectJoined(page)
  await UserPage.open(ada, name)
  await ada.getByLabel('Name').fill(renamed)
  await ada.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByText(`Signed in as ${renamed}.`)).toBeVisible()

  const user = await UserPage.open(ada, renamed)
  await user.resetPassword('another good password')
  await expect(endedScreen(page)).toBeVisible()
  await enter(renamed, password)
  await expect(page.locator('form').getByRole('alert')).toHaveText('The name or the password is not right.')
  await enter(renamed, 'another good password')
  await expect(page.getByText(`Signed in as ${renamed}.`)).toBeVisible()
})
