import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HandshakeRefused } from '#channels/wire'
import { requestText, sendRaw } from '#server/http/test-raw'
import { endSession } from '#server/models/session'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'

const site = 'http://switchboard.example'
let server: TestServer
let ben: Visitor

beforeAll(async () => {
  // Behind a proxy, so that each test can come from addresses of its own.
  const settings = { HANDSHAKES_PER_MINUTE: '3', TRUST_PROXY: '1', NEXTAUTH_URL: site }
  server = await startTestServer({ settings })
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())

/** What came of a handshake from that address: let in, refused, or not even given a line to be told on. */
function arrive(address: string, visitor: Partial<Visitor> = ben): Promise<HandshakeRefused | 'let in' | 'no line'> {
  return new Promise((resolve) => {
    const socket = server.open(visitor, { 'x-forwarded-for': address, origin: site })
    socket.once('connect', () => resolve('let in'))
    socket.once('connect_error', (error: Error & { data?: HandshakeRefused }) => resolve(error.data ?? 'no line'))
  })
}

const times = async (count: number, address: string, visitor?: Partial<Visitor>) => {
  const answers: Awaited<ReturnType<typeof arrive>>[] = []
  for (let index = 0; index < count; index++) answers.push(await arrive(address, visitor))
  return answers
}
const tooMany = { code: 'rate-limited', message: expect.any(String), retryAfter: expect.any(Number) }

describe('refused', () => {
  test('more from one address than it may, with the wait', async () => {
    const answers = await times(4, '192.0.2.1')
    expect(answers).toEqual(['let in', 'let in', 'let in', tooMany])
    const { retryAfter } = answers[3] as HandshakeRefused
    expect(retryAfter).toBeGreaterThan(15_000)
    expect(retryAfter).toBeLessThanOrEqual(30_000)
  })

  test('those that would be refused anyway are counted, and then not looked at', async () => {
    const dora = await server.signIn('dora')
    await endSession(dora.session.id, 'signed_out')
    const ended = { code: 'unauthenticated', ended: { reason: 'signed-out' } }
    expect(await times(4, '192.0.2.2', dora)).toMatchObject([ended, ended, ended, tooMany])
    expect(await arrive('192.0.2.2')).toEqual(tooMany)
  })

  test('all the addresses of one IPv6 network count as one', async () => {
    for (let host = 1; host <= 3; host++) expect(await arrive(`2001:db8:0:1::${host}`)).toBe('let in')
    expect(await arrive('2001:db8:0:1:ffff::1')).toEqual(tooMany)
    expect(await arrive('2001:db8:0:2::1')).toBe('let in')
  })

  test('more than twice as many as it may, before there is a line', async () => {
    const answers = await times(8, '192.0.2.3', {})
    expect(answers.slice(3)).toEqual([tooMany, tooMany, tooMany, 'no line', 'no line'])
  })

  test('a request to move an existing line to itself', async () => {
    const socket = server.open(ben, { 'x-forwarded-for': '192.0.2.4', origin: site })
    await new Promise<void>((resolve) => socket.once('connect', resolve))
    const target = `/socket.io/?EIO=4&transport=websocket&sid=${socket.io.engine.id}`
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'X-Forwarded-For': '192.0.2.5',
    }
    expect(await sendRaw(server.url, requestText('GET', target, upgrade))).toMatch(/^HTTP\/1\.1 400 /)
    expect(socket.connected).toBe(true)
  })
})

test('another address is let in meanwhile', async () => {
  await times(4, '192.0.2.6')
  expect(await arrive('192.0.2.7')).toBe('let in')
})
