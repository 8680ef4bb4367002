import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '#server/test-server'
import { requestText, sendRaw } from './test-raw'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

test.each(['/', '/chat/general', '/socket.io.evil/', '//socket.io/?EIO=4', '/_next/hmr?id=1', '/_next/other'])(
  'an upgrade of %s, which nobody claims, is a 404 and closed',
  async (target) => {
    expect(await sendRaw(server.url, requestText('GET', target, upgrade))).toMatch(/^HTTP\/1.1 404 /)
  },
)

test.each([
  ['no key', { Connection: 'Upgrade', Upgrade: 'websocket' }],
  ['another protocol', { ...upgrade, Upgrade: 'h2c' }],
])('an upgrade of /socket.io/ with %s is a 400 and closed', async (_, headers) => {
  const answer = await sendRaw(server.url, requestText('GET', '/socket.io/?EIO=4&transport=websocket', headers))
  expect(answer).toMatch(/^HTTP\/1.1 400 /)
})

test('clients that go away in the middle of it disturb nobody', async () => {
  const request = requestText('GET', '/socket.io/?EIO=4&transport=websocket', upgrade)
  for (const bytes of [request.slice(0, -2), request, `${request}\x81\xff`]) {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
    socket.resetAndDestroy()
  }
  const visitor = await server.connect(await server.signIn('ada'))
  expect(visitor.connected).toBe(true)
})
