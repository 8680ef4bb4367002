import { IncomingMessage } from 'node:http'
import { connect, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { container } from '#server/container'
import { requestText, sendRaw } from '#server/http/test-raw'
import { createApiKey, revokeApiKey } from '#server/models/api-key'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { addEndpoint } from './endpoints'
import type { SocketConnection } from './socket-connection'
import { openSocket, refusalOf } from './test-client'

let server: TestServer
let ada: Visitor
let ben: Visitor
let connection: SocketConnection | undefined

beforeAll(async () => {
  server = await startTestServer({ settings: { SOCKETS_PER_SESSION: '3', HANDSHAKES_PER_MINUTE: '400' } })
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
  const handler = {
    onOpen(opened: SocketConnection) {
      connection = opened
    },
  }
  addEndpoint('people', { description: 'For people.', handler })
  addEndpoint('programs', { description: 'For programs.', handler, authenticate: 'api-key', scope: 'device' })
  addEndpoint('anyone', { description: 'For anyone.', handler, authenticate: 'public' })
})
afterAll(() => server.stop())

const makeKey = (changes: Partial<Parameters<typeof createApiKey>[1]> = {}) =>
  createApiKey(ada.session.user, { name: 'a test', scopes: ['device'], expiresAt: null, ...changes })
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

describe('refused with a status, a code and a sentence, where a session is asked for:', () => {
  const unauthenticated = { status: 401, body: { code: 'unauthenticated', message: expect.any(String) } }
  const forbidden = { status: 403, body: { code: 'forbidden', message: expect.any(String) } }

  test('no cookie', async () => {
    const { csrfToken } = ben
    expect(await refusalOf(server, 'people', { csrfToken })).toMatchObject(unauthenticated)
  })

  test('a cookie that is none of ours', async () => {
    const visitor = { ...ben, cookie: 'next-auth.session-token=forged' }
    expect(await refusalOf(server, 'people', visitor)).toMatchObject(unauthenticated)
  })

  test.each([
    ['a foreign origin', 'https://elsewhere.example'],
    ['the null origin', 'null'],
    ['no origin', ''],
  ])('%s', async (_, origin) => {
    expect(await refusalOf(server, 'people', ben, { headers: { origin } })).toMatchObject(forbidden)
  })

  test('no CSRF token', async () => {
    expect(await refusalOf(server, 'people', { cookie: ben.cookie })).toMatchObject(forbidden)
  })

  test.each([
    ['parameter', (token: string) => ({ query: `session=${token}` })],
    ['subprotocol', (token: string) => ({ protocols: ['switchboard', `csrf.${token}`] })],
  ])("another session's CSRF token as the %s", async (_, opening) => {
    expect(await refusalOf(server, 'people', { cookie: ben.cookie }, opening(ada.csrfToken))).toMatchObject(forbidden)
  })

  test('the token alone as a subprotocol, which no answer could name', async () => {
    const opening = { protocols: [`csrf.${ben.csrfToken}`] }
    expect(await refusalOf(server, 'people', { cookie: ben.cookie }, opening)).toMatchObject({
      status: 400,
      body: { code: 'invalid', message: expect.stringContaining('switchboard') },
    })
  })

  test('a subprotocol we do not speak', async () => {
    expect(await refusalOf(server, 'people', ben, { protocols: ['mqtt'] })).toMatchObject({ status: 400 })
  })

  test('an API key', async () => {
    const { key } = await makeKey()
    expect(await refusalOf(server, 'people', {}, { headers: bearer(key) })).toMatchObject(unauthenticated)
  })

  test.each<[string, (visitor: Visitor) => Promise<unknown>]>([
    ['was revoked', ({ session: { id } }) => change({ id }, { endedAt: new Date(), endReason: 'revoked' })],
    ['has expired', ({ session: { id } }) => change({ id }, { expiresAt: new Date() })],
    [
      'belongs to someone disabled',
      ({ session }) =>
        container().database.prisma.user.update({ where: { id: session.user.id }, data: { disabledAt: new Date() } }),
    ],
  ])('a session that %s', async (_, end) => {
    const dora = await server.signIn('dora')
    await end(dora)
    expect(await refusalOf(server, 'people', dora)).toMatchObject(unauthenticated)
    await container().database.prisma.user.update({ where: { id: dora.session.user.id }, data: { disabledAt: null } })
  })

  test('more sockets than a session may have, those of Socket.IO included, until one is closed', async () => {
    const cleo = await server.signIn('cleo')
    await server.connect(cleo)
    const [first] = [await openSocket(server, 'people', cleo), await openSocket(server, 'people', cleo)]
    expect(await refusalOf(server, 'people', cleo)).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
    first.ws.close()
    await first.closed
    const again = await openSocket(server, 'people', cleo)
    expect(await refusalOf(server, 'people', cleo)).toMatchObject({ status: 429 })
    again.ws.terminate()
  })
})

const change = (
  where: { id: string },
  data: { endedAt?: Date; endReason?: 'revoked'; expiresAt?: Date },
): Promise<unknown> => container().database.prisma.session.update({ where, data })

describe('refused where an API key is asked for:', () => {
  const unauthenticated = { status: 401, body: { code: 'unauthenticated', message: expect.any(String) } }

  test.each<[string, Record<string, string>]>([
    ['no key', {}],
    ['another scheme', { authorization: 'Basic c2JrOnNiaw==' }],
    ['what is no key', bearer('sbk_123')],
    ['a key that was never made', bearer(`sbk_${'a'.repeat(43)}`)],
  ])('%s', async (_, headers) => {
    const refused = await refusalOf(server, 'programs', {}, { headers })
    expect(refused).toMatchObject(unauthenticated)
    expect(refused.headers['www-authenticate']).toBe('Bearer')
  })

  test('a session, whatever else it may do', async () => {
    expect(await refusalOf(server, 'programs', ada)).toMatchObject(unauthenticated)
  })

  test('a key that was revoked', async () => {
    const { key, apiKey } = await makeKey()
    await revokeApiKey(ada.session.user, apiKey.id)
    expect(await refusalOf(server, 'programs', {}, { headers: bearer(key) })).toMatchObject(unauthenticated)
  })

  test('a key for something else, naming what it lacks', async () => {
    const { key } = await makeKey({ scopes: ['orders'] })
    expect(await refusalOf(server, 'programs', {}, { headers: bearer(key) })).toMatchObject({
      status: 403,
      body: { code: 'forbidden', message: expect.stringContaining('"device"') },
    })
  })
})

describe('refused wherever', () => {
  test.each(['nowhere', '', 'people/below', 'PEOPLE', 'people%20', '../ws/people', 'constructor'])(
    'an endpoint there is not, "%s"',
    async (name) => {
      const target = `/ws/${name}`
      const answer = await sendRaw(server.url, requestText('GET', target, upgrade))
      expect(answer).toMatch(/^HTTP\/1.1 404 Not Found\r\n/)
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'not-found' })
    },
  )

  test.each([
    ['no key', { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' }],
    ['an old version', { ...upgradeHeaders(), 'Sec-WebSocket-Version': '7' }],
    ['another protocol', { ...upgradeHeaders(), Upgrade: 'h2c' }],
    ['no list of subprotocols', { ...upgradeHeaders(), 'Sec-WebSocket-Protocol': 'switchboard,,' }],
  ])('a request with %s, to a client that leaves its half open', async (_, headers) => {
    const answer = await sendRaw(server.url, requestText('GET', '/ws/anyone', headers))
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/)
    expect(answer).toContain('Sec-WebSocket-Version: 13\r\n')
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'invalid' })
  })

  test('one that has sent more than its request still gets the whole answer', async () => {
    const answer = await sendRaw(server.url, `${requestText('GET', '/ws/people', upgrade)}${'x'.repeat(100_000)}`)
    expect(answer).toMatch(/^HTTP\/1.1 403 /)
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'forbidden' })
  })

  test('one that has closed its half already gets it too', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.end(requestText('GET', '/ws/nowhere', upgrade))
    expect(await text(socket)).toMatch(/^HTTP\/1.1 404 .*"code":"not-found"/s)
  })

  test('clients that go away in the middle of it disturb nobody', async () => {
    const request = requestText('GET', `/ws/people?session=${ben.csrfToken}`, {
      ...upgrade,
      Host: new URL(server.url).host,
      Origin: server.url,
      Cookie: ben.cookie,
    })
    for (const bytes of [request.slice(0, -2), request, `${request}\x81\xff`]) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      await new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
      socket.resetAndDestroy()
    }
    const socket = await openSocket(server, 'people', ben)
    socket.ws.terminate()
  })
})

const upgrade = upgradeHeaders()

function upgradeHeaders() {
  return {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  }
}

test('a network may have fifty sockets of public endpoints, until one is closed', async () => {
  const sockets = await Promise.all(Array.from({ length: 50 }, () => openSocket(server, 'anyone')))
  expect(await refusalOf(server, 'anyone')).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
  sockets.push(await openSocket(server, 'people', ada))
  sockets[0]?.ws.terminate()
  await eventually(async () => sockets.push(await openSocket(server, 'anyone')))
  for (const { ws } of sockets) ws.terminate()
})

describe('let in', () => {
  afterEach(() => {
    connection = undefined
  })

  test('with a session, our Origin and the token as parameter: the handler knows who, where and when', async () => {
    const before = Date.now()
    const socket = await openSocket(server, 'people/', ben, { query: '&colour=red&colour=blue' })
    expect(connection).toMatchObject({
      session: { id: ben.session.id },
      user: { name: 'ben', role: 'member' },
      apiKey: null,
      context: 'default',
      path: '/ws/people',
      remoteAddress: '127.0.0.1',
    })
    expect(connection?.query.getAll('colour')).toEqual(['red', 'blue'])
    expect([...(connection?.query.keys() ?? [])]).not.toContain('session')
    expect(connection?.openedAt).toBeGreaterThanOrEqual(before)
    expect(socket.ws.protocol).toBe('')
    socket.ws.terminate()
  })

  test('with the token as subprotocol; ours is the one that is chosen', async () => {
    const opening = { protocols: [`csrf.${ben.csrfToken}`, 'switchboard'] }
    const socket = await openSocket(server, 'people', { cookie: ben.cookie }, opening)
    expect(socket.ws.protocol).toBe('switchboard')
    socket.ws.terminate()
  })

  test('with a key that has the scope, whatever page it comes from', async () => {
    const { key, apiKey } = await makeKey()
    const socket = await openSocket(server, 'programs', {}, { headers: { ...bearer(key), origin: '' } })
    expect(connection).toMatchObject({ session: null, user: null, apiKey: { id: apiKey.id, scopes: ['device'] } })
    const stored = await container().database.prisma.apiKey.findUnique({ where: { id: apiKey.id } })
    expect(stored?.lastUsedAt).toBeInstanceOf(Date)
    socket.ws.terminate()
  })

  test('anyone where it is public, and not told who they are', async () => {
    const socket = await openSocket(server, 'anyone', ben, { headers: { origin: 'https://elsewhere.example' } })
    expect(connection).toMatchObject({ session: null, user: null, apiKey: null })
    socket.ws.terminate()
  })
})

test('an address that tries too often is told how long to wait', async () => {
  const { handshakes } = container().entrance
  const request = new IncomingMessage(new Socket())
  vi.spyOn(request.socket, 'remoteAddress', 'get').mockReturnValue('127.0.0.1')
  const refused = await eventually(() => {
    // As many others, from the same address, just now.
    while (handshakes.handshake(request) === 0);
    return refusalOf(server, 'anyone')
  })
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
})
