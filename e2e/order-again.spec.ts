import type { Page } from '@playwright/test'
import { unique } from './chat-room'
import { expect, test } from './fixtures'
import { OrderPage, placeOrder } from './order-page'
import { expectJoined } from './sign-in'

/** The answer to the first such call is lost: the server has carried it out, and the line is cut. */
async function loseAnswer(page: Page, call: string): Promise<void> {
  let lost = false
  await page.routeWebSocket(/socket\.io/, (line) => {
    const server = line.connectToServer()
    let asked = false
    line.onMessage((message) => {
      asked ||= !lost && String(message).includes(`"${call}"`)
      server.send(message)
    })
    server.onMessage((message) => {
      // The acknowledgement of a call: "43", its number, and what is answered.
      if (asked && /^43\d/.test(String(message))) {
        lost = true
        asked = false
        void line.close()
        void server.close()
      } else line.send(message)
    })
  })
}

test('an order placed again with other content says that it was placed already, and nothing is lost or doubled', async ({
  person,
}) => {
  const ben = await person('ben')
  await loseAnswer(ben, 'orders:place')
  await ben.goto('/orders')
  await expectJoined(ben)
  const reference = unique('again')
  await ben.getByRole('button', { name: 'New order' }).click()
  const dialog = ben.getByRole('dialog', { name: 'New order' })
  await dialog.getByLabel('Reference').fill(reference)
  await dialog.getByLabel('Pieces 1').fill('7')
  const place = dialog.getByRole('button', { name: 'Place order' })
  await place.click()
  await expect(dialog.getByRole('alert')).toContainText('Place it again: it will not be there twice.')
  await dialog.getByLabel('Pieces 1').fill('8')
  await place.click()
  const notice = dialog.getByRole('alert').filter({ hasText: /^Order \S+ was placed already/ })
  await expect(notice).toContainText('What you have changed here since is not in it')
  await expect(dialog.getByLabel('Pieces 1')).toHaveValue('8')

  // One more, which is asked for, has a name of its own.
  await notice.getByRole('button', { name: 'Place this as one more' }).click()
  await expect(dialog.getByLabel('Reference')).toHaveAccessibleDescription(/has this reference/)
  await dialog.getByLabel('Reference').fill(`${reference} more`)
  await place.click()
  await expect(ben.getByLabel(/^Quantity, line 1/)).toHaveValue('8')
  await ben.goto(`/orders?search=${encodeURIComponent(reference)}`)
  await expect(ben.getByRole('list', { name: 'Orders' }).getByRole('listitem')).toHaveCount(2)
  await ben.getByRole('list', { name: 'Orders' }).getByRole('link').last().click()
  await expect(ben.getByLabel(/^Quantity, line 1/)).toHaveValue('7')
})

test('a line whose answer was lost says that it was added, and is there once', async ({ person }) => {
  const page = await person('ben')
  await loseAnswer(page, 'order:add')
  const ben = await OrderPage.open(page, (await placeOrder(page)).id)
  await page.getByRole('button', { name: 'Add line' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a line' })
  await dialog.getByLabel('Quantity').fill('3')
  await dialog.getByRole('button', { name: 'Add line' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This line was added already')
  await expect(dialog.getByRole('alert')).toContainText('The order has 3 of')
  // The push of the line may have been here before the line was cut.
  await expect(ben.panel).toHaveAttribute('data-status', 'joined')
  await dialog.getByLabel('Quantity').fill('4')
  await dialog.getByRole('button', { name: 'Add line' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This line was added already')
  await dialog.getByRole('button', { name: 'Add this as one more' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(ben.page.getByLabel(/^Quantity, line 3/)).toHaveValue('3')
  await expect(ben.page.getByLabel(/^Quantity, line 4/)).toHaveValue('4')
  await expect(ben.page.getByLabel(/^Quantity, line/)).toHaveCount(4)
})
