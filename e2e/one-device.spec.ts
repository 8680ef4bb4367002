import type { Page } from '@playwright/test'
import { BroadcastPage, banner } from './broadcast-page'
import { unique } from './chat-room'
import { connect, heldBy } from './client'
import { expect, test } from './fixtures'
import { ServerAction } from './server-action'
import { expectJoined, openSignIn, pick } from './sign-in'

const said = 'You were signed out here'

function endedScreen(page: Page) {
  return page.getByRole('alertdialog', { name: said })
}

/** When the ended screen came, by the clock of the machine. Ask before it can come. */
function momentOfEnd(page: Page): Promise<number> {
  return page.evaluate(
    (title) =>
      new Promise<number>((resolve) => {
        new MutationObserver(() => {
          if (document.querySelector('[role=alertdialog]')?.textContent?.includes(title)) resolve(Date.now())
        }).observe(document.body, { subtree: true, childList: true })
      }),
    said,
  )
}

test('the second sign-in ends the first within a second, in every open tab, and says where from and when', async ({
  person,
  visitor,
}) => {
  const first = await person('ben', '/chat/general')
  const otherTab = await first.context().newPage()
  await otherTab.goto('/settings')
  await Promise.all([expectJoined(first), expectJoined(otherTab)])
  const moments = Promise.all([momentOfEnd(first), momentOfEnd(otherTab)])

  const second = await visitor()
  const answered = second.waitForResponse((response) => response.url().includes('/api/auth/callback/credentials'))
  await openSignIn(second)
  await Promise.all([answered, pick(second, 'ben')])
  for (const page of [first, otherTab]) await expect(endedScreen(page)).toBeVisible()
  const { startTime, responseStart } = (await answered).request().timing()
  const answeredAt = startTime + responseStart
  for (const moment of await moments) expect(moment - answeredAt, 'milliseconds').toBeLessThanOrEqual(1_000)

  for (const page of [first, otherTab]) {
    const screen = endedScreen(page)
    await expect(screen.getByRole('heading', { name: said })).toBeFocused()
    await expect(screen).toContainText(/Chrom\w+ on Linux|Chrom\w+ on \w+/)
    await expect(screen).toContainText('127.0.0.1')
    await expect(screen.getByRole('time')).toHaveText(/\d{1,2} \w{3,4} \d{4}.*\d{2}:\d{2}/)
    await page.keyboard.press('Escape')
    await expect(screen).toBeVisible()
  }
  await expectJoined(second)

  await endedScreen(first).getByRole('link', { name: 'Sign in again' }).click()
  await expect(first.getByRole('status')).toContainText(said)
  await expect(first.getByRole('status')).toContainText('127.0.0.1')
  await expect(first.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
})

test('nothing that the ended session held works any more', async ({ person }) => {
  const first = await person('ada', '/settings/broadcast')
  await expectJoined(first)
  const [sent, forged] = [unique('While it counted'), unique('After it ended')]
  const action = await ServerAction.from(first, () => new BroadcastPage(first).send(sent))
  const held = await heldBy(first)
  const socket = await connect(held)
  if (typeof socket === 'string') throw new Error(`The client was refused before its session ended: ${socket}`)
  const closed = new Promise((resolve) => socket.once('disconnect', resolve))
  expect(await (await first.request.get('/api/auth/session')).json()).toMatchObject({ user: { name: 'ada' } })

  const second = await person('ada', '/settings/broadcast')
  await expect(endedScreen(first)).toBeVisible()
  await closed

  expect(await connect(held)).toBe('unauthenticated')
  expect(await (await first.request.get('/api/auth/session')).json()).toEqual({})
  expect(await action.replay(first.request, (body) => body.replace(sent, forged))).toContain('"code":"unauthenticated"')
  const page = await first.request.get('/settings/broadcast', { maxRedirects: 0 })
  expect([page.status(), page.headers().location]).toEqual([307, '/sign-in?returnTo=%2Fsettings%2Fbroadcast'])
  await first.goto('/chat/general')
  await expect(first).toHaveURL('/sign-in?returnTo=%2Fchat%2Fgeneral')

  await second.reload()
  await expect(banner(second, sent)).toBeVisible()
  await expect(second.getByText(forged)).toHaveCount(0)
  await new BroadcastPage(second).withdraw(sent)
})

test('an admin changes the policy for everyone, a member cannot', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/settings'), person('ben', '/settings')])
  const many = ada.getByRole('radio', { name: /^Any number of devices/ })
  const newest = ada.getByRole('radio', { name: /^The newest wins/ })
  const settled = () => expect(ada.getByRole('group', { name: 'Sign-in policy' })).not.toHaveAttribute('aria-busy')
  await expectJoined(ada)
  await expect(newest).toBeChecked()
  await expect(ben.getByRole('radio', { name: /^The newest wins/ })).toBeDisabled()

  const action = await ServerAction.from(ada, () => many.check())
  await settled()
  const back = (body: string) => body.replace('many', 'newest')
  expect(await action.replay(ben.request, back)).toContain('"code":"forbidden"')
  await ada.reload()
  await expect(many).toBeChecked()

  const elsewhere = await person('ben')
  await Promise.all([expectJoined(elsewhere), expectJoined(ben)])
  await ben.reload()
  await Promise.all([expectJoined(elsewhere), expectJoined(ben)])
  await expect(endedScreen(ben)).toHaveCount(0)

  await newest.check()
  await settled()
  await ada.reload()
  await expect(newest).toBeChecked()
  await person('ben')
  await Promise.all([expect(endedScreen(ben)).toBeVisible(), expect(endedScreen(elsewhere)).toBeVisible()])
})
