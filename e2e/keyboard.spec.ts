import { ChatRoom, unique } from './chat-room'
import { expect, test } from './fixtures'
import { tabTo } from './keyboard'
import { openSignIn } from './sign-in'

test('with the keyboard alone: sign in, talk, open a page, sign out', async ({ visitor }) => {
  const page = await visitor()
  await openSignIn(page)
  await tabTo(page.getByLabel('Name'))
  await page.keyboard.type('ada')
  await tabTo(page.getByRole('textbox', { name: 'Password' }))
  await page.keyboard.type('switchboard')
  await page.keyboard.press('Enter')
  await page.waitForURL('/')

  const navigation = page.getByRole('navigation', { name: 'Use cases' })
  await tabTo(navigation.getByRole('link', { name: 'Chat' }))
  await page.keyboard.press('Enter')
  const room = new ChatRoom(page, 'general')
  await room.expectJoined()
  const text = unique('Without a mouse')
  await tabTo(room.box)
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await room.expectSent(text)

  await tabTo(navigation.getByRole('link', { name: 'Broadcast' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Broadcast', exact: true })).toBeVisible()
  await tabTo(page.getByRole('button', { name: 'Sign out' }))
  await page.keyboard.press('Enter')
  await page.waitForURL('/sign-in')
})
