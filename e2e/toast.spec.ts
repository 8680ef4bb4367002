import { expect, test } from './fixtures'
import { Lobby } from './game-page'
import { tabTo } from './keyboard'
import { expectJoined } from './sign-in'

test('the Tab key comes past a toast, and gets the focus back when a toast goes that is read', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada', '/game'), person('ben', '/settings/sessions')])
  const lobby = await Lobby.open(ada)
  await expectJoined(ben)
  await lobby.challenge({ opponent: 'ben' })
  const toast = ben.locator('[data-sonner-toast]').filter({ hasText: 'ada challenges you' })
  const open = toast.getByRole('button', { name: 'Open' })
  await expect(open).toBeVisible()

  await tabTo(open)
  await tabTo(ben.getByRole('link', { name: 'Skip to the page' }))
  const last = ben.getByRole('button', { name: 'Hide the ticker' })
  await tabTo(last)
  await tabTo(open)
  await lobby.challenges.getByRole('button', { name: 'Withdraw' }).click()
  await expect(toast).toHaveCount(0)
  await expect(last).toBeFocused()
})
