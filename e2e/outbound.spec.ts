import { EndpointPage } from './endpoint-page'
import { expect, test } from './fixtures'

test('an admin opens, uses and closes one; everyone sees it, and a member can do none of it', async ({ person }) => {
  const pages = await Promise.all([person('ada', '/endpoints'), person('ben', '/endpoints')])
  const [ada, ben] = pages.map((page) => new EndpointPage(page))
  if (!ada || !ben) throw new Error('Two people are meant.')
  for (const one of [ada, ben]) await one.show('Outbound')
  const uri = `ws://${new URL(ada.page.url()).host}/ws/time`

  await ada.page.getByRole('button', { name: uri }).click()
  await ada.page.getByRole('button', { name: 'Open', exact: true }).click()
  for (const one of [ada, ben]) {
    await expect(one.client(uri)).toHaveAttribute('data-state', 'open')
    await expect(one.client(uri)).toContainText('Opened by ada')
    await expect(one.client(uri).getByRole('list', { name: `Messages of ${uri}` })).toContainText(/\d{4}-\d\d-\d\dT/)
  }
  await ada.client(uri).getByLabel(`Send through ${uri}`).fill('what time is it?')
  await ada.client(uri).getByRole('button', { name: 'Send' }).click()
  await expect(ben.client(uri).getByRole('listitem').filter({ hasText: 'Sent' })).toContainText('what time is it?')
  await expect(ben.page.getByRole('button', { name: /^(Open|Send|Close)$/ })).toHaveCount(0)

  await ada.client(uri).getByRole('button', { name: 'Close' }).click()
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Close it' }).click()
  for (const one of [ada, ben]) await expect(one.client(uri)).toHaveAttribute('data-state', 'closed')
})

test('where it may not lead, it does not, and says why', async ({ person }) => {
  const ada = new EndpointPage(await person('ada', '/endpoints'))
  await ada.show('Outbound')
  const address = ada.page.getByLabel('Address')
  for (const [uri, why] of [
    ['', /Write an address first\./],
    ['https://example.org', /begins with ws:\/\/ or wss:\/\//],
    ['ws://169.254.169.254/latest/meta-data', /not public, and OUTBOUND_ALLOW does not list it/],
  ] as const) {
    await address.fill(uri)
    await address.press('Enter')
    await expect(address).toHaveAccessibleDescription(why)
    await expect(address).toBeFocused()
  }
  // One that does not want us says so for good.
  const uri = `ws://${new URL(ada.page.url()).host}/ws/echo`
  await address.fill(uri)
  await address.press('Enter')
  await expect(ada.client(uri)).toHaveAttribute('data-state', 'refused')
  await expect(ada.client(uri)).toContainText('The other side answered with the status 403.')
  await ada.client(uri).getByRole('button', { name: 'Close' }).click()
  await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Close it' }).click()
  await expect(ada.client(uri)).toHaveAttribute('data-state', 'closed')
})
