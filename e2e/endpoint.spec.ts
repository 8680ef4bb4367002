import { EndpointPage } from './endpoint-page'
import { expect, test } from './fixtures'
import { tabTo } from './keyboard'

test('the example of the documents, by keyboard alone: it says hello, answers with the name, and closes', async ({
  person,
}) => {
  const ada = new EndpointPage(await person('ada', '/endpoints'))
  await ada.expectJoined()
  await tabTo(ada.endpoint('/ws/my-endpoint').getByRole('button', { name: 'Try it' }))
  await ada.page.keyboard.press('Enter')
  await expect(ada.console.getByRole('button', { name: 'Open', exact: true })).toBeFocused()
  await ada.page.keyboard.press('Enter')
  await expect(ada.frames('in')).toContainText(['socket opened'])
  await tabTo(ada.console.getByRole('textbox', { name: 'Message' }))
  await ada.page.keyboard.type('test message')
  await ada.page.keyboard.press('Enter')
  await expect(ada.frames('out')).toContainText(['test message'])
  await expect(ada.frames('in')).toContainText(['socket opened', 'test response:ada'])
  await expect(ada.frames('line')).toContainText(['Opened.', 'Closed with 1000.'])
  await expect(ada.console).toHaveAttribute('data-status', 'closed')
  await expect(ada.console.getByRole('status')).toHaveText('Closed with 1000.')
  await expect(ada.console.getByRole('textbox', { name: 'Message' })).toBeFocused()

  await ada.console.getByRole('button', { name: 'Clear' }).click()
  await expect(ada.console.getByRole('region', { name: 'Frames' }).getByRole('listitem')).toHaveCount(0)
})

test('what one person opens is counted on the screen of another, and what is closed as well', async ({ person }) => {
  const pages = await Promise.all([person('ada', '/endpoints'), person('ben', '/endpoints')])
  const [ada, ben] = pages.map((page) => new EndpointPage(page))
  if (!ada || !ben) throw new Error('Two people are meant.')
  for (const one of [ada, ben]) await one.expectJoined()
  await expect(ben.endpoint('/ws/echo')).toContainText('None open')

  await ada.open('/ws/echo')
  await expect(ben.endpoint('/ws/echo')).toContainText('1 open')
  await ben.open('/ws/echo')
  for (const one of [ada, ben]) await expect(one.endpoint('/ws/echo')).toContainText('2 open')

  await ada.console.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(ada.frames('line')).toContainText(['Opened.', 'Closed with 1000.'])
  await expect(ben.endpoint('/ws/echo')).toContainText('1 open')
  // Leaving the page closes it too.
  await ben.show('Telemetry')
  await ada.page.reload()
  await expect(ada.endpoint('/ws/echo')).toContainText('None open')
})

test('MessagePack goes out and comes in as bytes, and is read on the way', async ({ person }) => {
  const ada = new EndpointPage(await person('ada', '/endpoints'))
  await ada.expectJoined()
  await ada.open('/ws/message-pack')
  await ada.console.getByRole('textbox', { name: 'Message' }).fill('{"hello": 1}')
  await expect(ada.console.getByText('81 a5 68 65 6c 6c 6f 01')).toBeVisible()
  await ada.console.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(ada.frames('out')).toContainText(['81 a5 68 65 6c 6c 6f 01= {"hello":1}'])
  await expect(ada.frames('in')).toContainText([
    /82 a5 76 61 6c 75 65 81 a5 68 65 6c 6c 6f 01 .*= {"value":{"hello":1},"at":"/,
  ])

  await ada.open('/ws/echo')
  await ada.send('["twice", 2]', 'MessagePack')
  await expect(ada.frames('in')).toContainText(['92 a5 74 77 69 63 65 02= ["twice",2]'])
  await ada.send('{"as": "JSON"}', 'JSON')
  await expect(ada.frames('in').nth(1)).toContainText('{"as":"JSON"}')
})

test('what cannot be sent stays in the box, with why', async ({ person }) => {
  const ada = new EndpointPage(await person('ada', '/endpoints'))
  await ada.expectJoined()
  await ada.send('too early')
  await expect(ada.console.getByRole('textbox', { name: 'Message' })).toHaveAccessibleDescription(
    /Open the socket first\./,
  )
  await ada.open('/ws/echo')
  await ada.send('{not JSON', 'JSON')
  await expect(ada.console.getByRole('textbox', { name: 'Message' })).toHaveAccessibleDescription(/This is no JSON/)
  await expect(ada.console.getByRole('textbox', { name: 'Message' })).toHaveValue('{not JSON')
  await expect(ada.frames('out')).toHaveCount(0)
})

test('a refusal is told as far as a browser knows it', async ({ person, expectError }) => {
  expectError(/WebSocket connection to .*\/ws\/device.* failed/)
  const ada = new EndpointPage(await person('ada', '/endpoints'))
  await ada.expectJoined()
  await ada.page.getByLabel('Endpoint', { exact: true }).selectOption('/ws/device')
  await ada.console.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(ada.frames('line')).toContainText(['Not opened (1006).'])
  await expect(ada.console).toHaveAttribute('data-status', 'closed')
})

test('how to connect: the snippet works in the console of the page, and the command is of this very server', async ({
  person,
}) => {
  const ada = new EndpointPage(await person('ada', '/endpoints'))
  await ada.expectJoined()
  const row = ada.endpoint('/ws/echo')
  await row.getByText('How to connect').click()
  const { origin, host } = new URL(ada.page.url())
  await expect(row.getByRole('figure', { name: 'In a terminal' })).toContainText(
    `npx wscat -c "ws://${host}/ws/echo?session=$TOKEN" -o ${origin} -H "Cookie: $COOKIE"`,
  )
  const snippet = await row
    .getByRole('figure', { name: /^In a page/ })
    .locator('code')
    .textContent()
  const said = ada.page.waitForEvent('console', (message) => message.text() === 'hello')
  // As a person pastes it: by the debugger, which the security policy of the page does not bind.
  await ada.page.evaluate(`(async () => { ${snippet} })()`)
  await said
})
