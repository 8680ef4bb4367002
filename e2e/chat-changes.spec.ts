import { bothInGeneral, ChatRoom, unique } from './chat-room'
import { expect, test } from './fixtures'

test('what is edited changes on every screen and is marked; the arrow up begins it, Escape leaves it', async ({
  person,
}) => {
  const [ben, cleo] = await bothInGeneral(person)
  const [first, draft] = [unique('Teh printer'), unique('half a thought')]
  await ben.say(first)
  await cleo.expectSent(first)

  await ben.box.press('ArrowUp')
  await expect(ben.box).toHaveValue(first)
  await expect(ben.panel.getByText('Changing')).toBeVisible()
  await ben.box.press('Escape')
  await expect(ben.box).toHaveValue('')
  await expect(ben.panel.getByText('Changing')).toBeHidden()

  // A draft is not lost to a change made in between.
  await ben.box.fill(draft)
  await ben.choose(first, 'Edit')
  await expect(ben.box).toBeFocused()
  const second = unique('The printer')
  await ben.say(second)
  await expect(ben.box).toHaveValue(draft)
  for (const room of [ben, cleo]) {
    await expect(room.rows(first)).toHaveCount(0)
    await room.expectSent(second)
    await expect(room.rows(second)).toContainText('edited')
  }
})

test('what others wrote offers no change to a member', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const text = unique('Mine alone')
  await cleo.say(text)
  await ben.expectSent(text)
  await ben.rows(text).hover()
  await ben
    .rows(text)
    .getByRole('button', { name: /^More about/ })
    .click()
  await expect(ben.page.getByRole('menuitem', { name: 'Reply' })).toBeVisible()
  await expect(ben.page.getByRole('menuitem', { name: 'Edit' })).toHaveCount(0)
  await expect(ben.page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0)
})

test('a deletion is asked for once and is for every screen; what answered it stays', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const [text, answer] = [unique('Better not said'), unique('I read that')]
  await ben.say(text)
  await cleo.expectSent(text)
  await cleo.choose(text, 'Reply')
  await cleo.say(answer)
  await ben.expectSent(answer)
  const row = await ben.rows(text).first().getAttribute('data-row')

  await ben.log.locator(`li[data-row="${row}"]`).hover()
  await ben.log
    .locator(`li[data-row="${row}"]`)
    .getByRole('button', { name: /^More about/ })
    .click()
  await ben.page.getByRole('menuitem', { name: 'Delete' }).click()
  const question = ben.page.getByRole('alertdialog', { name: 'Delete this message?' })
  await expect(question).toContainText(text)
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toBeHidden()
  await ben.log.locator(`li[data-row="${row}"]`).hover()
  await ben.log
    .locator(`li[data-row="${row}"]`)
    .getByRole('button', { name: /^More about/ })
    .click()
  await ben.page.getByRole('menuitem', { name: 'Delete' }).click()
  await question.getByRole('button', { name: 'Delete' }).click()
  for (const room of [ben, cleo]) {
    await expect(room.log.locator(`li[data-row="${row}"]`)).toContainText('Message deleted')
    await expect(room.page.getByText(text)).toHaveCount(0)
    await expect(room.rows(answer)).toContainText('Message deleted')
  }
})

test('reactions count on every screen, say whose they are, and can be taken back', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const text = unique('All orders are out')
  await ben.say(text)
  await cleo.expectSent(text)

  await cleo.rows(text).hover()
  await cleo.rows(text).getByRole('button', { name: 'React with 👍' }).click()
  await ben.rows(text).getByRole('button', { name: '👍 1, cleo' }).click()
  const both = cleo.rows(text).getByRole('button', { name: '👍 2, you and ben' })
  await expect(both).toHaveAttribute('aria-pressed', 'true')
  await both.click()
  await expect(ben.rows(text).getByRole('button', { name: '👍 1, you' })).toBeVisible()

  await cleo.rows(text).hover()
  await cleo
    .rows(text)
    .getByRole('button', { name: /^More about/ })
    .click()
  await expect(cleo.page.getByRole('list', { name: 'Who reacted' })).toContainText('ben')
  await cleo.page.getByRole('menuitemcheckbox', { name: 'React with 🎉' }).click()
  await expect(ben.rows(text).getByRole('button', { name: '🎉 1, cleo' })).toBeVisible()
})

test('an answer quotes what it answers, and the quote leads there', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const [asked, answer] = [unique('Where is the key?'), unique('On the hook')]
  await ben.say(asked)
  await cleo.expectSent(asked)
  for (let line = 0; line < 12; line++) await ben.say(`${unique('in between')}\n\n\n\n`.padEnd(60, '.'))
  await cleo.choose(asked, 'Reply')
  await expect(cleo.box).toBeFocused()
  await cleo.say(answer)

  const row = ben.log.getByRole('listitem').filter({ hasText: answer })
  await expect(row).toContainText('ben')
  await row.getByRole('button', { name: asked }).click()
  const original = ben.log.locator('[data-message]:focus')
  await expect(original).toContainText(asked)
  await expect(original).toBeInViewport()
})

test('a draft waits in its room for its person, and an address can be followed', async ({ person }) => {
  const page = await person('ben', '/chat/general')
  const general = await ChatRoom.open(page)
  const draft = unique('Not yet sent')
  await general.box.fill(draft)
  const rooms = page.getByRole('navigation', { name: 'Rooms' })
  await rooms.getByRole('link', { name: 'orders' }).click()
  const orders = await ChatRoom.on(page, 'orders')
  await expect(orders.box).toHaveValue('')
  await rooms.getByRole('link', { name: 'general' }).click()
  await general.expectJoined()
  await expect(general.box).toHaveValue(draft)
  await page.reload()
  await general.expectJoined()
  await expect(general.box).toHaveValue(draft)

  const text = `${unique('Look at')} https://example.org/a?b=<script>alert(1)</script>`
  await general.say(text)
  await general.expectSent(text)
  const link = general.rows(text).getByRole('link')
  await expect(link).toHaveAttribute('href', 'https://example.org/a?b=')
  await expect(link).toHaveAttribute('rel', /noopener/)
  await expect(general.box).toHaveValue('')
})

test('an @ offers names, and Enter takes one', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const text = unique('can you look')
  await ben.box.pressSequentially('@cl')
  const people = ben.panel.getByRole('listbox', { name: 'People' })
  await expect(people.getByRole('option', { name: 'cleo' })).toHaveAttribute('aria-selected', 'true')
  await ben.box.press('Enter')
  await expect(ben.box).toHaveValue('@cleo ')
  await ben.box.pressSequentially(text)
  await ben.box.press('Enter')
  await cleo.expectSent(text)
  await expect(cleo.rows(text).locator('b', { hasText: '@cleo' })).toBeVisible()
})

test('with the keyboard alone: to a message, a reaction, and back to writing', async ({ person }) => {
  const [ben, cleo] = await bothInGeneral(person)
  const text = unique('Reached by keys')
  await cleo.say(text)
  await ben.expectSent(text)
  await ben.log.focus()
  await ben.page.keyboard.press('ArrowUp')
  await expect(ben.log.locator('[data-message]:focus')).toContainText(text)
  await ben.page.keyboard.press('Tab')
  await ben.page.keyboard.press('Enter')
  await expect(cleo.rows(text).getByRole('button', { name: '👍 1, ben' })).toBeVisible()
  await ben.log.locator('[data-message]').last().focus()
  await ben
    .rows(text)
    .getByRole('button', { name: /^More about/ })
    .focus()
  await ben.page.keyboard.press('Enter')
  await expect(ben.page.getByRole('menu')).toBeVisible()
  await ben.page.keyboard.press('r')
  await expect(ben.page.getByRole('menuitem', { name: 'Reply' })).toBeFocused()
  await ben.page.keyboard.press('Enter')
  await expect(ben.box).toBeFocused()
  await expect(ben.panel.locator('form').getByText('In answer to')).toBeVisible()
})
