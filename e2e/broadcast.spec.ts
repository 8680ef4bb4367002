import { BroadcastPage, banner, dismiss } from './broadcast-page'
import { unique } from './chat-room'
import { expect, test } from './fixtures'
import { ServerAction } from './server-action'
import { expectJoined } from './sign-in'

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

// Only the screen's own end of it: that the server holds an expired one back from late arrivals is tested at the model.
test('one that expires goes from an open screen by itself', async ({ person, expectError }) => {
  // The clock's leap is longer than the line may be silent, so it is taken for dead and made anew.
  expectError(/WebSocket/)
  const [ada, ben] = await Promise.all([person('ada', '/settings/broadcast'), person('ben', '/settings')])
  await ben.clock.install()
  await ben.reload()
  await expectJoined(ben)
  const [short, lasting] = [unique('A quarter of an hour'), unique('Until withdrawn')]
  const page = new BroadcastPage(ada)
  await page.send(short, { holdsFor: '15 minutes' })
  await page.send(lasting, { holdsFor: 'until withdrawn' })
  await expect(banner(ben, short)).toBeVisible()
  await expect(banner(ben, lasting)).toBeVisible()

  await ben.clock.fastForward('14:00')
  await expect(banner(ben, short)).toBeVisible()
  await ben.clock.fastForward('01:05')
  await expect(banner(ben, short)).toHaveCount(0)
  await expect(banner(ben, lasting)).toBeVisible()
  for (const text of [short, lasting]) await page.withdraw(text)
})
