import type { Page } from '@playwright/test'
import { ChatRoom, unique } from './chat-room'
import { postAll } from './client'
import { expect, test } from './fixtures'

const list = (page: Page) => page.getByRole('navigation', { name: 'Rooms' })
const link = (page: Page, name: string) => list(page).getByRole('link', { name })

/** Fills in the dialog and goes on to the room. */
async function openRoom(page: Page, title: string, kind: 'Everyone' | 'Only who is let in'): Promise<ChatRoom> {
  await page.getByRole('button', { name: 'Open a room' }).click()
  const dialog = page.getByRole('dialog', { name: 'Open a room' })
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByText(kind, { exact: true }).click()
  await dialog.getByRole('button', { name: 'Open room' }).click()
  return ChatRoom.on(page, title)
}

test('a room for everyone is in every list at once; one without a title is not opened, and it says why', async ({
  person,
}) => {
  const ben = await person('ben', '/chat/general')
  const cleo = await person('cleo', '/chat/general')
  await ChatRoom.open(ben)
  await ChatRoom.open(cleo)
  await ben.getByRole('button', { name: 'Open a room' }).click()
  const dialog = ben.getByRole('dialog', { name: 'Open a room' })
  await dialog.getByRole('button', { name: 'Open room' }).click()
  await expect(dialog.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog).toContainText('Write something first.')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  const title = unique('Trade fair in the autumn')
  const room = await openRoom(ben, title, 'Everyone')
  await expect(link(cleo, title)).toBeVisible()
  const fits = await list(cleo).evaluate((nav) => {
    const { right } = nav.getBoundingClientRect()
    return [...nav.querySelectorAll('a, button')].every((one) => one.getBoundingClientRect().right <= right)
  })
  expect(fits, 'a long title stays within the list').toBe(true)
  await link(cleo, title).click()
  const same = await ChatRoom.on(cleo, title)
  const text = unique('Who comes along?')
  await room.say(text)
  await same.expectSent(text)
})

test('who is let into a private room sees it at once, and who is taken out loses it at once', async ({ person }) => {
  const ben = await person('ben', '/chat/general')
  const cleo = await person('cleo', '/chat/general')
  await ChatRoom.open(ben)
  await ChatRoom.open(cleo)
  const title = unique('Prices')
  const room = await openRoom(ben, title, 'Only who is let in')
  const secret = unique('Three percent')
  await room.say(secret)
  await room.expectSent(secret)
  await expect(link(cleo, title)).toHaveCount(0)

  await room.panel.getByRole('button', { name: '1 member' }).click()
  const members = ben.getByRole('dialog', { name: `Who is in ${title}` })
  await members.getByRole('button', { name: 'cleo' }).click()
  await expect(members.getByRole('list', { name: 'Members' })).toContainText('cleo')
  await link(cleo, title).click()
  const hers = await ChatRoom.on(cleo, title)
  await hers.expectSent(secret)
  await hers.box.fill('I am still wri')

  await members.getByRole('button', { name: 'Remove cleo' }).click()
  await members.getByRole('button', { name: 'Remove cleo now' }).click()
  await expect(members.getByRole('list', { name: 'Members' })).not.toContainText('cleo')
  await expect(hers.panel).toHaveAttribute('data-status', 'denied')
  await expect(hers.panel.getByRole('alert')).toContainText(`You are no longer in ${title}`)
  await expect(cleo.getByText(secret)).toHaveCount(0)
  await expect(link(cleo, title)).toHaveCount(0)
  await expect(hers.panel.getByRole('link', { name: 'Go to another room' })).toBeFocused()
  await cleo.keyboard.press('Enter')
  await ChatRoom.on(cleo, 'general')
})

test('a direct message comes into the list of the other, who alone can read it', async ({ person, expectError }) => {
  expectError(/status of 404/)
  const ada = await person('ada', '/chat/general')
  const dora = await person('dora', '/chat/general')
  await ChatRoom.open(ada)
  await ChatRoom.open(dora)
  await ada.getByRole('button', { name: 'Write to one person' }).click()
  await ada.getByRole('searchbox', { name: 'To whom' }).fill('dor')
  await ada.getByRole('dialog').getByRole('button', { name: 'dora' }).click()
  const hers = await ChatRoom.on(ada, 'dora')
  await expect(ada.getByRole('heading', { level: 1 })).toHaveText('dora')
  const text = unique('Just between us')
  await hers.say(text)
  await expect(link(dora, 'ada')).toContainText(/\d+ unread/)
  await link(dora, 'ada').click()
  const theirs = await ChatRoom.on(dora, 'ada')
  await theirs.expectSent(text)

  const cleo = await person('cleo')
  const answer = await cleo.goto(new URL(ada.url()).pathname)
  expect(answer?.status()).toBe(404)
  await expect(cleo.getByText(text)).toHaveCount(0)
})

test('unread counts are the same in all tabs of a person, and go when one of them reads', async ({ person }) => {
  const first = await person('ben', '/chat/hall-2')
  await ChatRoom.open(first, 'hall-2')
  const second = await first.context().newPage()
  await second.goto('/chat/hall-2')
  await ChatRoom.on(second, 'hall-2')
  // Whatever was there before is read by going there.
  await link(first, 'orders').click()
  await ChatRoom.on(first, 'orders')
  await expect(link(second, 'orders')).not.toContainText('unread')
  await link(first, 'hall-2').click()
  await ChatRoom.on(first, 'hall-2')

  const cleo = await person('cleo')
  const label = unique('News')
  await postAll(cleo, 'orders', [`${label} one`, `${label} two`])
  for (const page of [first, second]) {
    await expect(link(page, 'orders')).toContainText('2 unread')
    await expect(link(page, 'orders')).toHaveAttribute('data-unread', '2')
  }
  await link(first, 'orders').click()
  const orders = await ChatRoom.on(first, 'orders')
  const line = orders.log.getByText('New', { exact: true })
  await expect(line).toHaveCount(1)
  await expect(orders.rows(`${label} one`).getByText('New', { exact: true })).toBeVisible()
  await expect(link(second, 'orders')).not.toContainText('unread')
})

test('a button leads to the first of many unread messages', async ({ person }) => {
  test.slow()
  const ben = await person('ben', '/chat/hall-2')
  await ChatRoom.open(ben, 'hall-2')
  await link(ben, 'orders').click()
  await ChatRoom.on(ben, 'orders')
  await expect(link(ben, 'hall-2')).not.toContainText('unread')
  const cleo = await person('cleo')
  const label = unique('Stock')
  await postAll(
    cleo,
    'hall-2',
    Array.from({ length: 70 }, (_, index) => `${label} no. ${index + 1}.`),
  )
  await expect(link(ben, 'hall-2')).toContainText('70 unread')
  await link(ben, 'hall-2').click()
  const hall = await ChatRoom.on(ben, 'hall-2')
  await expect(hall.rows(`${label} no. 70.`)).toBeInViewport()
  await hall.panel.getByRole('button', { name: '70 new messages' }).click()
  await expect(hall.rows(`${label} no. 1.`)).toBeInViewport()
  await expect(hall.rows(`${label} no. 1.`).getByText('New', { exact: true })).toBeVisible()
  await expect(hall.panel.getByRole('button', { name: '70 new messages' })).toBeHidden()
})

test('a search finds words in every room one may read, marks them, and leads to the message', async ({ person }) => {
  test.slow()
  const ben = await person('ben', '/chat/general')
  await ChatRoom.open(ben)
  const word = `quokka${Date.now()}`
  const cleo = await person('cleo')
  await postAll(cleo, 'orders', [
    `First ${word} of all <script>alert(1)</script>`,
    ...Array.from({ length: 60 }, () => unique('after it')),
  ])

  await ben.getByRole('button', { name: 'Search messages' }).click()
  const dialog = ben.getByRole('dialog', { name: 'Search messages' })
  await dialog.getByRole('searchbox').fill('nothingwouldbecalledthis')
  await expect(dialog).toContainText('Nothing with “nothingwouldbecalledthis”')
  await dialog.getByRole('searchbox').fill(word.slice(0, -2))
  const hit = dialog.getByRole('list', { name: 'Messages found' }).getByRole('link')
  await expect(hit).toHaveCount(1)
  await expect(hit.locator('mark')).toHaveText(word)
  await expect(hit).toContainText('First')
  await expect(hit.locator('script')).toHaveCount(0)
  await hit.click()
  const orders = await ChatRoom.on(ben, 'orders')
  await expect(orders.rows(word)).toBeInViewport()
  await expect(orders.log.locator('[data-message]:focus')).toContainText(word)
  await expect(ben).toHaveURL(/\/chat\/orders$/)
})

test('where there is no room for the list, it is behind a button', async ({ person }) => {
  const ben = await person('ben', '/chat/general')
  await ben.setViewportSize({ width: 360, height: 740 })
  await ChatRoom.open(ben)
  await expect(list(ben)).toBeHidden()
  await ben.getByRole('button', { name: /^Rooms/ }).click()
  await link(ben, 'orders').click()
  await ChatRoom.on(ben, 'orders')
  await expect(list(ben)).toBeHidden()
})
