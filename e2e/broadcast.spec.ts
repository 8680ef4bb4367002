import { BroadcastPage, banner, dismiss } from './broadcast-page'
import { unique } from './chat-room'
import { expect, test } from './fixtures'
import { ServerAction } from './server-action'
import { expectJoined, signIn } from './sign-in'

test('it is on both open screens, on a third that signs in later, and off all of them when withdrawn', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([person('ada', '/settings/broadcast'), person('ben', '/chat/general')])
  await Promise.all([expectJoined(ada), expectJoined(ben)])
  const text = unique('Maintenance at six')

  await new BroadcastPage(ada).send(text, { severity: 'Warning', holdsFor: 'until withdrawn' })
  for (const page of [ada, ben]) await expect(banner(page, text)).toHaveText(`Warning. ${text} From ada, to everyone.`)
  const cleo = await person('cleo')
  await expect(banner(cleo, text)).toBeVisible()

  await expectJoined(cleo)
  await new BroadcastPage(ada).withdraw(text)
  for (const page of [ada, ben, cleo]) await expect(banner(page, text)).toHaveCount(0)
  await cleo.reload()
  await expectJoined(cleo)
  await expect(banner(cleo, text)).toHaveCount(0)
})

test('dismissed by one person, it is gone from all of their screens for good, and from nobody else’s', async ({
  person,
}) => {
  const [ada, ben] = await Promise.all([person('ada', '/settings/broadcast'), person('ben')])
  const otherTab = await ben.context().newPage()
  await otherTab.goto('/chat/general')
  await Promise.all([ada, ben, otherTab].map(expectJoined))
  const text = unique('Coffee is back')
  await new BroadcastPage(ada).send(text)
  for (const page of [ada, ben, otherTab]) await expect(banner(page, text)).toBeVisible()

  await dismiss(ben, text)
  await expect(banner(ben, text)).toHaveCount(0)
  await expect(banner(otherTab, text)).toHaveCount(0)
  await ben.reload()
  await expectJoined(ben)
  await expect(banner(ben, text)).toHaveCount(0)
  await expect(banner(ada, text)).toBeVisible()
  await new BroadcastPage(ada).withdraw(text)
})

test('each audience sees its own', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/settings/broadcast'), person('ben')])
  await Promise.all([expectJoined(ada), expectJoined(ben)])
  const page = new BroadcastPage(ada)
  const [forMembers, forAdmins, forAll] = [unique('For members'), unique('For admins'), unique('For all')]

  await page.send(forMembers, { audience: 'Members' })
  await page.send(forAdmins, { audience: 'Admins' })
  await page.send(forAll, { audience: 'Everyone' })
  // The one for all comes last: once it is there, what was to come before it has come.
  for (const screen of [ada, ben]) await expect(banner(screen, forAll)).toBeVisible()
  await expect(banner(ben, forMembers)).toBeVisible()
  await expect(banner(ada, forMembers)).toHaveCount(0)
  await expect(banner(ada, forAdmins)).toBeVisible()
  await expect(banner(ben, forAdmins)).toHaveCount(0)

  await Promise.all([ada.reload(), ben.reload()])
  await Promise.all([expectJoined(ada), expectJoined(ben)])
  await expect(banner(ada, forMembers)).toHaveCount(0)
  await expect(banner(ben, forAdmins)).toHaveCount(0)
  for (const text of [forMembers, forAdmins, forAll]) await page.withdraw(text)
})

test('a member gets 403 from the page and is refused by the action', async ({ person, expectError }) => {
  expectError(/status of 403/)
  const [ada, ben] = await Promise.all([person('ada', '/settings/broadcast'), person('ben')])
  const answer = await ben.goto('/settings/broadcast')
  expect(answer?.status()).toBe(403)
  await expect(ben.getByRole('heading', { name: 'This page is not open to you' })).toBeVisible()
  await expect(ben.getByRole('link', { name: 'Broadcast' })).toHaveCount(0)

  const [sent, again, forged] = [unique('By the admin'), unique('By the admin again'), unique('By a member')]
  const page = new BroadcastPage(ada)
  const action = await ServerAction.from(ada, () => page.send(sent))
  // The same request with the admin's own cookies is carried out, so what refuses the member is the guard.
  expect(await action.replay(ada.request, (body) => body.replace(sent, again))).toContain('$undefined')
  await expect(banner(ada, again)).toBeVisible()
  expect(await action.replay(ben.request, (body) => body.replace(sent, forged))).toContain('"code":"forbidden"')

  await ada.reload()
  await expect(page.standing(again)).toBeVisible()
  await expect(ada.getByText(forged)).toHaveCount(0)
  for (const text of [sent, again]) await page.withdraw(text)
})

test('an empty one is refused, and it says what is wrong', async ({ person }) => {
  const ada = await person('ada', '/settings/broadcast')
  await expectJoined(ada)
  await ada.getByLabel('Message').fill('   ')
  await ada.getByRole('button', { name: 'Broadcast', exact: true }).click()
  await expect(ada.getByLabel('Message')).toHaveAccessibleDescription(/Write something first\./)
  await expect(ada.getByLabel('Message')).toHaveAttribute('aria-invalid', 'true')
  await expect(ada.getByLabel('Message')).toBeFocused()
})

test('what is edited changes on every screen, and what is given an end goes by itself', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/settings/broadcast'), person('ben', '/settings')])
  await Promise.all([ada, ben].map(expectJoined))
  const [first, second, lasting] = [unique('At six'), unique('At seven'), unique('Until withdrawn')]
  const page = new BroadcastPage(ada)
  await page.send(first)
  await page.send(lasting, { holdsFor: 'until withdrawn' })
  await expect(banner(ben, first)).toBeVisible()

  await page.edit(first, { text: second })
  await expect(banner(ben, second)).toContainText('From ada, to everyone, edited.')
  await expect(banner(ben, first)).toHaveCount(0)
  await page.edit(second, { endsAt: Date.now() + 4_000 })
  for (const screen of [ada, ben]) await expect(banner(screen, second)).toHaveCount(0)
  await expect(ada.locator('main li[data-stage=over]').filter({ hasText: second })).toBeVisible()
  await expect(banner(ben, lasting)).toBeVisible()
  await page.withdraw(lasting)
})

test('it counts down by the server’s clock, on a screen whose own clock is wrong too', async ({ person, visitor }) => {
  const ada = await person('ada', '/settings/broadcast')
  const ben = await visitor()
  await ben.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + 3 * 3_600_000
  })
  await signIn(ben, 'ben')
  await Promise.all([ada, ben].map(expectJoined))
  const text = unique('Shuts down')
  const page = new BroadcastPage(ada)
  await page.send(text, { severity: 'Urgent', countsTo: Date.now() + 3_600_000 })
  for (const screen of [ada, ben]) {
    const left = banner(screen, text).locator('[data-countdown]')
    await expect(left).toHaveText(/^in (1 h 0 min|59 min \d+ s)$/)
    const before = await left.textContent()
    await expect(left).not.toHaveText(before ?? '')
  }
  await page.withdraw(text)
})

test('one that must be acknowledged stays until it is, and the admin sees how far it has come', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/settings/broadcast'), person('ben')])
  await Promise.all([ada, ben].map(expectJoined))
  const text = unique('New shift plan')
  const page = new BroadcastPage(ada)
  await page.send(text, { audience: 'Members', mustAcknowledge: true })
  const figure = (name: string) => page.standing(text).locator('dl > div').filter({ hasText: name }).locator('dd')
  await expect(figure('Seen')).toHaveText(/^1 of \d+$/)
  const cleo = await person('cleo')
  await expect(figure('Delivered')).toHaveText(/^2 of \d+$/)
  await expect(figure('Seen')).toHaveText(/^2 of \d+$/)
  await expect(figure('Acknowledged')).toHaveText(/^0 of \d+$/)

  const row = ben.getByRole('status', { name: 'Broadcasts' }).locator('> div').filter({ hasText: text })
  await expect(row.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)
  await row.getByRole('button', { name: 'I have read it' }).click()
  await expect(banner(ben, text)).toHaveCount(0)
  await expect(figure('Acknowledged')).toHaveText(/^1 of \d+$/)
  await expect(banner(cleo, text)).toBeVisible()
  await page.withdraw(text)
})

test('a planned one appears when its time has come, to the one person it is for', async ({ person }) => {
  const people = [person('ada', '/settings/broadcast'), person('ben'), person('cleo')] as const
  const [ada, ben, cleo] = await Promise.all(people)
  await Promise.all([ada, ben, cleo].map(expectJoined))
  const text = unique('Your lift is here')
  const page = new BroadcastPage(ada)
  await page.send(text, { person: 'ben', startsAt: Date.now() + 5_000 })
  await expect(ada.locator('main li[data-stage=planned]').filter({ hasText: text })).toBeVisible()
  await expect(banner(ben, text)).toHaveCount(0)
  await expect(banner(ben, text)).toBeVisible()
  await expect(ada.locator('main li[data-stage=standing]').filter({ hasText: text })).toBeVisible()
  for (const other of [ada, cleo]) await expect(banner(other, text)).toHaveCount(0)
  await page.withdraw(text)
  await expect(banner(ben, text)).toHaveCount(0)
})
