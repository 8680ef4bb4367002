import { expect, test } from './fixtures'
import { OrderPage, placeOrder } from './order-page'
import { badge, expectJoined, expectReturned, signIn } from './sign-in'

const lineGone = [/WebSocket connection to .* failed/, /Failed to load resource: net::ERR_/, /CLIENT_FETCH_ERROR/]

test('a field that is saved into a killed server is kept, says so, and is saved once', async ({
  ownApp,
  visitor,
  expectError,
}) => {
  for (const error of lineGone) expectError(error)
  const page = await visitor({ baseURL: ownApp.url })
  await signIn(page, 'ben')
  const ben = await OrderPage.open(page, (await placeOrder(page)).id)
  await ben.fill('Contact', 'Before')
  await ben.expectPhase('contact', 'saved')
  await ben.control('Contact').fill('Into the cut')
  await Promise.all([ben.control('Contact').press('Enter'), ownApp.kill()])
  await ben.fill('Reference', 'While it was down')
  await ben.expectPhase('reference', 'unsent')
  await expect(ben.field('reference')).toContainText('Not saved yet. It is sent when the line is back.')
  await expect(badge(page)).toHaveAttribute('data-status', 'reconnecting')
  await ownApp.restart()
  await expectReturned(page)
  await expect(ben.history('Into the cut')).toHaveCount(1)
  await expect(ben.history('While it was down')).toHaveCount(1)
  await page.reload()
  await expect(ben.control('Contact')).toHaveValue('Into the cut')
  await expect(ben.control('Reference')).toHaveValue('While it was down')
  await expect(ben.page.getByRole('list', { name: 'History' }).getByRole('listitem')).toHaveCount(3)
})

test('what is written without a line is kept and sent when it is back, and against others’ it is a conflict', async ({
  person,
  expectError,
}) => {
  for (const error of lineGone) expectError(error)
  const [page, other] = await Promise.all([person('ben'), person('cleo')])
  const { id } = await placeOrder(page)
  const [ben, cleo] = await Promise.all([OrderPage.open(page, id), OrderPage.open(other, id)])
  await page.context().setOffline(true)
  await expect(badge(page)).toHaveAttribute('data-status', 'offline')
  await expect(page.getByText('What you see is as it was before.')).toBeVisible()
  await ben.fill('Contact', 'Written offline')
  await ben.fill('Reference', `${id} by ben`)
  for (const part of ['contact', 'reference']) await ben.expectPhase(part, 'unsent')
  await cleo.fill('Reference', `${id} by cleo`)
  await cleo.expectPhase('reference', 'saved')

  await page.context().setOffline(false)
  await expectJoined(page)
  await expect(cleo.control('Contact')).toHaveValue('Written offline')
  await expect(ben.conflict).toContainText(`${id} by cleo`)
  await expect(ben.conflict).toContainText(`${id} by ben`)
  await ben.conflict.getByRole('button', { name: 'Take theirs' }).click()
  await expect(ben.control('Reference')).toHaveValue(`${id} by cleo`)
})
