import { ChatRoom, unique } from './chat-room'
import { expect, test } from './fixtures'
import { badge, expectJoined } from './sign-in'

test('changing rooms shows nothing of the old one, not for a moment, and it is there again on return', async ({
  person,
}) => {
  const page = await person('ben', '/chat/general')
  const general = await ChatRoom.open(page)
  const text = unique('Only in general')
  await general.say(text)
  await general.expectSent(text)

  // Looks at every change of the page, where an assertion would see only some.
  await page.evaluate((what) => {
    new MutationObserver(() => {
      const other = document.querySelector('section[aria-label="orders"]')
      if (other?.textContent?.includes(what)) document.documentElement.dataset.mixed = what
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  }, text)
  const rooms = page.getByRole('navigation', { name: 'Rooms' })
  await rooms.getByRole('link', { name: 'orders' }).click()
  const orders = new ChatRoom(page, 'orders')
  await orders.expectJoined()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('# orders')
  await expect(orders.rows('Lindner wants 40 brackets more')).toHaveCount(1)
  await expect(page.getByText(text)).toHaveCount(0)

  await rooms.getByRole('link', { name: 'general' }).click()
  await general.expectJoined()
  await general.expectSent(text)
  await expect(page.locator('html')).not.toHaveAttribute('data-mixed')
})

test('a message that could not be sent is still there after a look into another room', async ({
  person,
  expectError,
}) => {
  expectError(/WebSocket connection to .* failed|net::ERR_/)
  const page = await person('ben', '/chat/general')
  const general = await ChatRoom.open(page)
  const rooms = page.getByRole('navigation', { name: 'Rooms' })
  const text = unique('Not to be lost')

  await page.context().setOffline(true)
  await expect(badge(page)).toHaveAttribute('data-status', 'offline')
  await general.say(text)
  await expect(general.rows(text)).toHaveAttribute('data-state', 'failed', { timeout: 15_000 })
  await page.context().setOffline(false)
  await expectJoined(page)
  await rooms.getByRole('link', { name: 'orders' }).click()
  await new ChatRoom(page, 'orders').expectJoined()
  await rooms.getByRole('link', { name: 'general' }).click()
  await general.expectJoined()
  await general.rows(text).getByRole('button', { name: 'Send again' }).click()
  await general.expectSent(text)
})
