import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { container } from '#server/container'
import { createApiKey, revokeApiKey } from '#server/models/api-key'
import { endSession } from '#server/models/session'
import { changeRole, disableUser } from '#server/models/user'
import { resetPassword } from '#server/models/user-password'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { addEndpoint } from './endpoints'
import type { SocketConnection } from './socket-connection'
import { openSocket, refusalOf } from './test-client'

let server: TestServer
let ada: Visitor
const onMessage = vi.fn()

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  addEndpoint('people', { description: 'For people.', handler: { onMessage } })
  addEndpoint('programs', { description: 'For programs.', handler: { onMessage }, authenticate: 'api-key' })
})
afterAll(() => server.stop())

const makeKey = (expiresAt: number | null = null) =>
  createApiKey(ada.session.user, { name: 'a test', scopes: ['programs'], expiresAt })
const openWith = (key: string) => openSocket(server, 'programs', {}, { headers: { authorization: `Bearer ${key}` } })
const setExpiry = ({ session: { id } }: Visitor, expiresAt: Date) =>
  container().database.prisma.session.update({ where: { id }, data: { expiresAt } })

describe('all sockets of a session close with 4001 and the reason when', () => {
  test.each<[string, string, (visitor: Visitor) => Promise<unknown>]>([
    ['it is revoked', 'revoked', ({ session }) => endSession(session.id, 'revoked')],
    ['its person signs out', 'signed-out', ({ session }) => endSession(session.id, 'signed_out')],
    ['its person signs in elsewhere', 'signed-in-elsewhere', () => server.signIn('cleo')],
    [
      'the password is reset',
      'revoked',
      ({ session: { user } }) => resetPassword(ada.session.user, user.id, 'a good password'),
    ],
  ])('%s', async (_, reason, end) => {
    const cleo = await server.signIn('cleo')
    const sockets = [await openSocket(server, 'people', cleo), await openSocket(server, 'my-endpoint', cleo)]
    const other = await openSocket(server, 'people', ada)
    await end(cleo)
    for (const socket of sockets) expect(await socket.closed).toEqual({ code: 4001, reason })
    expect(other.ws.readyState).toBe(other.ws.OPEN)
    other.ws.terminate()
  })

  test('its person is disabled', async () => {
    const dora = await server.signIn('dora')
    const socket = await openSocket(server, 'people', dora)
    await disableUser(ada.session.user, dora.session.user.id)
    expect(await socket.closed).toEqual({ code: 4001, reason: 'revoked' })
  })

  test('it expires, by themselves; not while it was renewed', async () => {
    const ben = await server.signIn('ben')
    const soon = Date.now() + 1_500
    await setExpiry(ben, new Date(soon))
    const socket = await openSocket(server, 'people', ben)
    await setExpiry(ben, new Date(soon + 700))
    expect(await socket.closed).toEqual({ code: 4001, reason: 'expired' })
    expect(Date.now()).toBeGreaterThanOrEqual(soon + 700)
    expect(await refusalOf(server, 'people', ben)).toMatchObject({ status: 401 })
  })
})

test('who it is changes with the person', async () => {
  let connection: SocketConnection | undefined
  const onOpen = (opened: SocketConnection) => {
    connection = opened
  }
  addEndpoint('person', { description: 'For a test.', handler: { onOpen } })
  const cleo = await server.signIn('cleo')
  const socket = await openSocket(server, 'person', cleo)
  await eventually(() => expect(connection?.user).toMatchObject({ name: 'cleo', role: 'member' }))
  await changeRole(ada.session.user, cleo.session.user.id, 'admin')
  await eventually(() => expect(connection?.user?.role).toBe('admin'))
  expect(socket.ws.readyState).toBe(socket.ws.OPEN)
  await changeRole(ada.session.user, cleo.session.user.id, 'member')
  socket.ws.terminate()
})

test('what an ended session still sends is not handled', async () => {
  const cleo = await server.signIn('cleo')
  const socket = await openSocket(server, 'people', cleo)
  await endSession(cleo.session.id, 'revoked')
  socket.send('from the grave')
  expect(await socket.closed).toMatchObject({ code: 4001 })
  expect(onMessage).not.toHaveBeenCalled()
})

test('a session that ends between the admission and the opening leaves no socket open', async () => {
  // Several tries, so that at least one falls into the gap; each must end closed or refused.
  for (let round = 0; round < 10; round++) {
    const visitor = await server.signIn('ben')
    const opening = openSocket(server, 'people', visitor).catch(() => undefined)
    await endSession(visitor.session.id, 'revoked')
    const socket = await opening
    if (socket) expect(await socket.closed).toMatchObject({ code: 4001 })
  }
})

describe('all sockets of an API key close with 4001 when it', () => {
  test('is revoked, those of another key do not', async () => {
    const [one, two] = [await makeKey(), await makeKey()]
    const sockets = [await openWith(one.key), await openWith(one.key)]
    const other = await openWith(two.key)
    await revokeApiKey(ada.session.user, one.apiKey.id)
    for (const socket of sockets) expect(await socket.closed).toEqual({ code: 4001, reason: 'revoked' })
    expect(other.ws.readyState).toBe(other.ws.OPEN)
    other.ws.terminate()
  })

  test('expires', async () => {
    const { key } = await makeKey(Date.now() + 1_000)
    expect(await (await openWith(key)).closed).toEqual({ code: 4001, reason: 'expired' })
  })

  test('is revoked between the admission and the opening', async () => {
    for (let round = 0; round < 10; round++) {
      const { key, apiKey } = await makeKey()
      const opening = openWith(key).catch(() => undefined)
      await revokeApiKey(ada.session.user, apiKey.id)
      const socket = await opening
      if (socket) expect(await socket.closed).toMatchObject({ code: 4001, reason: 'revoked' })
    }
  })
})
