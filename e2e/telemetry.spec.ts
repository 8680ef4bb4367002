import { once } from 'node:events'
import { WebSocket } from 'ws'
import { unique } from './chat-room'
import { EndpointPage } from './endpoint-page'
import { expect, test } from './fixtures'

test('what a device sends with a key that an admin made is on every screen at once', async ({ person }) => {
  const pages = await Promise.all([person('ada', '/endpoints'), person('ben', '/endpoints')])
  const [ada, ben] = pages.map((page) => new EndpointPage(page))
  if (!ada || !ben) throw new Error('Two people are meant.')
  for (const one of [ada, ben]) await one.show('Telemetry')
  await expect(ben.page.getByRole('button', { name: /^Make/ })).toHaveCount(0)

  await ada.page.getByRole('button', { name: 'Make a key for a device' }).click()
  const command = ada.page.getByRole('figure', { name: 'Connect in a terminal' }).locator('code')
  await expect(command).toContainText(/KEY=sbk_[\w-]{43}\n/)
  const [, key, url = ''] = /KEY=(\S+)\nnpx wscat -c (\S+) /.exec((await command.textContent()) ?? '') ?? []
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${key}` } })
  await once(socket, 'open')

  const device = unique('press').replaceAll(' ', '-')
  const rows = (one: EndpointPage) =>
    one.page.getByRole('rowgroup').filter({ has: one.page.getByRole('rowheader', { name: device }) })
  socket.send(JSON.stringify({ device, metrics: { temperature: 71.5, pressure: 1_013 } }))
  for (const one of [ada, ben]) {
    await expect(rows(one)).toContainText('temperature71.5')
    await expect(rows(one)).toContainText('pressure1,013')
    await expect(rows(one)).toHaveAttribute('data-stale', 'false')
  }
  socket.send(JSON.stringify({ device, metrics: { temperature: 72 } }))
  for (const one of [ada, ben]) {
    await expect(rows(one)).toContainText('temperature72')
    await expect(rows(one)).not.toContainText('pressure')
  }
  // Loaded again, the last values are there at once.
  await ben.page.reload()
  await ben.show('Telemetry')
  await expect(rows(ben)).toContainText('temperature72')

  socket.close()
})

test('a device that has said nothing for a minute is marked as silent', async ({ person, expectError }) => {
  // The clock's leap is longer than the line may be silent, so it is taken for dead and made anew.
  expectError(/WebSocket/)
  const page = await person('ada', '/endpoints')
  await page.clock.install()
  await page.reload()
  const ada = new EndpointPage(page)
  await ada.show('Telemetry')
  await page.getByRole('button', { name: 'Make a key for a device' }).click()
  const command = page.getByRole('figure', { name: 'Connect in a terminal' }).locator('code')
  await expect(command).toContainText(/KEY=sbk_[\w-]{43}\n/)
  const [, key, url = ''] = /KEY=(\S+)\nnpx wscat -c (\S+) /.exec((await command.textContent()) ?? '') ?? []
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${key}` } })
  await once(socket, 'open')
  const device = unique('saw').replaceAll(' ', '-')
  socket.send(JSON.stringify({ device, metrics: { load: 3 } }))
  const rows = page.getByRole('rowgroup').filter({ has: page.getByRole('rowheader', { name: device }) })
  await expect(rows).toHaveAttribute('data-stale', 'false')
  await page.clock.fastForward('01:10')
  await expect(rows).toHaveAttribute('data-stale', 'true')
  await expect(rows).toContainText('Silent')
  socket.close()
})
