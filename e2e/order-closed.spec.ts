import { expect, test } from './fixtures'
import { expectFitting } from './look'
import { OrderPage, placeOrder } from './order-page'

test('a closed order is words to read and copy, and what was being written is told', async ({ person }) => {
  const [page, other] = await Promise.all([person('ben'), person('ada')])
  const { id } = await placeOrder(page)
  const [ben, ada] = await Promise.all([OrderPage.open(page, id), OrderPage.open(other, id)])
  const long = `Ms Ebert, ${'in the yard behind the mill, '.repeat(3)}ask twice`
  await ada.fill('Contact', long)
  await expect(ben.control('Contact')).toHaveValue(long)
  await ben.control('Reference').fill('Not saved in time')
  await ada.page.getByRole('button', { name: 'Cancel order' }).click()
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel order' }).click()

  const field = (label: string | RegExp) => ben.page.getByRole('textbox', { name: label, exact: true })
  await expect(field('Due')).toHaveValue('31 Mar 2027')
  await expect(field('Priority')).toHaveValue('Normal')
  await expect(field(/^Quantity, line 1/)).toHaveValue('10')
  await expect(field('Contact')).toHaveValue(long)
  for (const label of ['Due', 'Priority', 'Contact', 'Note', /^To, line 1/]) {
    await expect(field(label)).not.toBeEditable()
    await expect(field(label)).toBeEnabled()
  }
  await expect(ben.page.getByRole('combobox', { name: /Priority|To, line/ })).toHaveCount(0)
  await expect(ben.field('reference')).toContainText('Not saved: “Not saved in time”. The order is cancelled.')
  await expect(field('Reference')).toHaveValue('')

  // All of it is read at once, on a phone too.
  await ben.page.setViewportSize({ width: 360, height: 740 })
  await expectFitting(ben.page)
  const cut = await field('Contact').evaluate((box) => box.scrollHeight > box.clientHeight + 1)
  expect(cut).toBe(false)

  await ada.page.getByRole('button', { name: 'Reopen' }).click()
  await expect(ben.control('Reference')).toHaveValue('Not saved in time')
  await ben.control('Reference').press('Enter')
  await expect(ada.control('Reference')).toHaveValue('Not saved in time')
})

test('two tabs of one person at one field: each knows that it was oneself', async ({ person }) => {
  const page = await person('ben')
  const { id } = await placeOrder(page)
  const one = await OrderPage.open(page, id)
  const two = await OrderPage.open(await page.context().newPage(), id)
  await two.control('Contact').fill('in the second')
  await one.fill('Contact', 'in the first')
  await expect(two.field('contact')).toContainText('You have changed this to “in the first” in another tab.')
  await two.control('Contact').press('Enter')
  const question = two.page.getByRole('alert', { name: 'Contact: changed in two tabs' })
  await expect(question).toContainText('you have changed this in another tab')
  await question.getByRole('button', { name: 'Keep this one' }).click()
  await expect(one.control('Contact')).toHaveValue('in the second')
})
