import { openTo } from '#components/catalog'
import { connect, heldBy } from './client'
import { expect, test } from './fixtures'
import { expectJoined, openSignIn, pick, signIn, whenAlive } from './sign-in'

test('a wrong password says so, keeps the name and puts the focus where to go on', async ({ visitor, expectError }) => {
  expectError(/status of 401/)
  const page = await visitor()
  await openSignIn(page)
  await page.getByLabel('Name').fill('ben')
  await page.getByRole('textbox', { name: 'Password' }).fill('not this')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()

  await expect(page.locator('form').getByRole('alert')).toHaveText('The name or the password is not right.')
  await expect(page.getByLabel('Name')).toHaveValue('ben')
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused()
  await page.keyboard.type('switchboard')
  await page.keyboard.press('Enter')
  await page.waitForURL('/')
  await expect(page.getByText('Signed in as ben.')).toBeVisible()
})

test('too many wrong tries lock out whoever makes them, and not a device the person has used', async ({
  ownApp,
  visitor,
  expectError,
}) => {
  expectError(/status of 401/)
  const [own, stranger] = [await visitor({ baseURL: ownApp.url }), await visitor({ baseURL: ownApp.url })]
  await signIn(own, 'dora')
  await openSignIn(stranger)
  const { csrfToken } = await (await stranger.request.get('/api/auth/csrf')).json()
  const guess = { csrfToken, username: 'dora', password: 'a guess', json: 'true' }
  for (let tries = 0; tries < 10; tries++)
    await stranger.request.post('/api/auth/callback/credentials', { form: guess })

  await pick(stranger, 'dora')
  const notice = stranger.locator('form').getByRole('alert')
  await expect(notice).toContainText(/Too many tries\. Wait \d+ seconds\./)
  await expect(stranger.getByRole('button', { name: 'Sign in', exact: true })).toBeDisabled()
  const left = async () => Number((await notice.locator('[aria-hidden].tabular-nums').textContent())?.match(/\d+/)?.[0])
  const first = await left()
  await expect.poll(left).toBeLessThan(first)

  await own.getByRole('button', { name: 'Sign out' }).click()
  await own.waitForURL('/sign-in')
  await signIn(own, 'dora')
  await expect(own.getByText('Signed in as dora.')).toBeVisible()
})

test('it leads back to where one wanted to go, and never off the site', async ({ visitor }) => {
  const page = await visitor()
  await page.goto('/chat/orders?from=mail')
  await expect(page).toHaveURL('/sign-in?returnTo=%2Fchat%2Forders%3Ffrom%3Dmail')
  await pick(page, 'ben')
  await expect(page).toHaveURL('/chat/orders?from=mail')
  await page.goto('/sign-in?returnTo=/settings')
  await expect(page).toHaveURL('/settings')

  await page.context().clearCookies()
  await page.goto('/sign-in?returnTo=//elsewhere.example/')
  await pick(page, 'ben')
  await expect(page).toHaveURL('/')
})

test('signing out closes the socket, and the other tab says so', async ({ person, baseURL }) => {
  const page = await person('ben')
  const otherTab = await page.context().newPage()
  const line = otherTab.waitForEvent('websocket')
  await otherTab.goto('/chat/general')
  await Promise.all([expectJoined(page), expectJoined(otherTab)])
  const closed = (await line).waitForEvent('close')
  const held = await heldBy(page)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('/sign-in')
  await closed
  await expect(otherTab.getByRole('alertdialog', { name: 'You are signed out' })).toBeVisible()
  for (const { href } of openTo('member')) {
    await otherTab.goto(href)
    await expect(otherTab).toHaveURL(`${baseURL}/sign-in?returnTo=${encodeURIComponent(href)}`)
  }
  // What was copied from the browser before is worth nothing either.
  expect(await connect(held)).toBe('unauthenticated')
})

test('what was typed before the page came alive is what is sent', async ({ visitor }) => {
  const page = await visitor()
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/_next\/static\/chunks\/.*\.js/, async (route) => {
    await arrived
    await route.continue()
  })
  await page.goto('/sign-in', { waitUntil: 'commit' })
  await page.getByLabel('Name').pressSequentially('ben')
  await page.getByRole('textbox', { name: 'Password' }).pressSequentially('switchboard')
  arrive()
  await whenAlive(page)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL('/')
})
