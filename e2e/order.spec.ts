import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { tabTo } from './keyboard'
import { expectFitting } from './look'
import { OrderPage, placeOrder } from './order-page'

/** One new order, open on the screens of both. */
async function openForBoth(one: Page, other: Page): Promise<[OrderPage, OrderPage]> {
  const { id } = await placeOrder(one)
  return Promise.all([OrderPage.open(one, id), OrderPage.open(other, id)])
}

test('what one saves is on the other screen at once, with who did it; who is where is seen too', async ({ person }) => {
  const [ben, cleo] = await openForBoth(await person('ben'), await person('cleo'))
  await ben.control('Contact').focus()
  await expect(cleo.field('contact')).toContainText('ben is at this field')
  await expect(cleo.page.getByRole('list', { name: /are here$/ })).toContainText('at contact')

  await ben.fill('Contact', 'Ms Ebert')
  await expect(cleo.control('Contact')).toHaveValue('Ms Ebert')
  await expect(cleo.field('contact')).toContainText(/ben \d\d:\d\d/)
  await expect(cleo.history('ben changed contact')).toContainText('Ms Ebert')

  await ben.fill('Note', `https://${'x'.repeat(300)}`)
  await expect(cleo.history('ben changed note')).toBeVisible()
  await expectFitting(cleo.page)

  await cleo.control('Priority').selectOption('High')
  await expect(ben.control('Priority')).toHaveValue('high')
  await ben.page.reload()
  await expect(ben.control('Contact')).toHaveValue('Ms Ebert')
  await expect(ben.control('Priority')).toHaveValue('high')
})

test('what someone else saves never comes under the cursor; saving then asks, and either can be kept', async ({
  person,
}) => {
  const [ben, cleo] = await openForBoth(await person('ben'), await person('cleo'))
  for (const [choice, kept] of [
    ['Keep mine', 'by cleo'],
    ['Take theirs', 'by ben'],
  ] as const) {
    await cleo.control('Reference').fill(`${choice} by cleo`)
    await ben.fill('Reference', `${choice} by ben`)
    await expect(cleo.field('reference')).toContainText(`ben has changed this to “${choice} by ben”`)
    await expect(cleo.control('Reference')).toHaveValue(`${choice} by cleo`)

    await cleo.control('Reference').press('Enter')
    await expect(cleo.conflict).toContainText(`${choice} by cleo`)
    await expect(cleo.conflict).toContainText(`${choice} by ben`)
    await expect(ben.control('Reference')).toHaveValue(`${choice} by ben`)
    await expect(cleo.conflict.getByRole('button', { name: 'Keep mine' })).toBeFocused()

    await cleo.conflict.getByRole('button', { name: choice }).press('Enter')
    await expect(cleo.conflict).toHaveCount(0)
    await expect(cleo.control('Reference')).toBeFocused()
    for (const screen of [ben, cleo]) await expect(screen.control('Reference')).toHaveValue(`${choice} ${kept}`)
    await cleo.control('Reference').blur()
  }
})

test('lines, pieces and total follow, and one’s own last change is undone', async ({ person }) => {
  const [ben, cleo] = await openForBoth(await person('ben'), await person('cleo'))
  const total = cleo.page.getByText(/^Total/).last()
  const before = await total.textContent()
  const quantity = (screen: OrderPage) => screen.page.getByLabel(/^Quantity, line 1/)
  await quantity(ben).fill('1001')
  await quantity(ben).press('Enter')
  await expect(quantity(ben)).toHaveAccessibleDescription('Not saved. At most 1,000 pieces.')
  await quantity(ben).fill('20')
  await quantity(ben).press('Enter')
  await expect(quantity(cleo)).toHaveValue('20')
  await expect(total).not.toHaveText(before ?? '')
  await expect(cleo.history('changed quantity').getByRole('button', { name: 'Undo' })).toHaveCount(0)
  await ben.history('changed quantity').getByRole('button', { name: 'Undo' }).click()
  for (const screen of [ben, cleo]) await expect(quantity(screen)).toHaveValue('10')
  await expect(total).toHaveText(before ?? '')

  await ben.page.getByRole('button', { name: /^Remove line 2/ }).click()
  const lines = (screen: OrderPage) => screen.page.getByRole('list', { name: 'Lines' }).getByRole('listitem')
  await expect(lines(cleo)).toHaveCount(1)
  await ben.page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(lines(cleo)).toHaveCount(2)
  await cleo.page.getByRole('button', { name: 'Add line' }).click()
  await cleo.page.getByRole('dialog').getByLabel('Quantity').fill('3')
  await cleo.page.getByRole('dialog').getByRole('button', { name: 'Add line' }).click()
  await expect(lines(ben)).toHaveCount(3)
})

test('done, nobody can edit it, and an admin alone reopens it', async ({ person }) => {
  const [ben, ada] = await openForBoth(await person('ben'), await person('ada'))
  await ben.page.getByRole('button', { name: 'Start production' }).dblclick()
  await expect(ben.page.getByRole('button', { name: 'Stop production' })).toBeFocused()
  await ada.page.getByRole('button', { name: 'Mark as done' }).click()
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Mark as done' }).click()
  await expect(ben.page.getByText('An admin can reopen it.')).toBeVisible()
  await expect(ben.history('changed state')).toHaveCount(2)
  await expect(ben.control('Contact')).not.toBeEditable()
  await expect(ben.page.getByRole('button', { name: 'Reopen' })).toHaveCount(0)
  await ada.page.getByRole('button', { name: 'Reopen' }).click()
  await expect(ben.control('Contact')).toBeEditable()
  await ada.page.getByRole('button', { name: 'Cancel order' }).click()
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel order' }).click()
  await expect(ada.history('changed state')).toHaveCount(4)
  // It would be in production again, which no cancelled order can be.
  await expect(ada.history('changed state').getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('with the keyboard alone', async ({ person }) => {
  const page = await person('ben')
  const ben = await OrderPage.open(page, (await placeOrder(page)).id)
  await tabTo(ben.control('Contact'))
  await ben.page.keyboard.type('Mr Noll')
  await ben.page.keyboard.press('Escape')
  await expect(ben.control('Contact')).toHaveValue('')
  await ben.page.keyboard.type('Ms Noll')
  await ben.page.keyboard.press('Tab')
  await ben.expectPhase('contact', 'saved')
  await tabTo(ben.history('changed contact').getByRole('button', { name: 'Undo' }))
  await ben.page.keyboard.press('Enter')
  await expect(ben.control('Contact')).toHaveValue('')

  await ben.control('Note').focus()
  await ben.page.keyboard.type('Not left yet')
  const asked = page.waitForEvent('dialog')
  const reloaded = page.reload()
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
  await reloaded
})
