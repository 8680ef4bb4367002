import { afterAll, beforeAll, expect, test } from 'vitest'
import { container } from '#server/container'
import { findLiveSession } from '#server/models/session'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { socketService } from './socket-service'
import { openSocket } from './test-client'

let server: TestServer
let ben: Visitor
beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())

const reasons = async () =>
  (await container().metrics.closes.get()).values.find((one) => one.labels.reason === 'revoked')

test('a socket there is not is not ended, and takes no message', async () => {
  expect(await socketService.end('nobody')).toBe(false)
  expect(await socketService.sendTo('nobody', 'hello')).toBe(false)
  expect(await socketService.endAll(ben.session.user.id)).toBe(0)
})

test('one of Socket.IO is told why and not to come back, another of the same session stays, and so does the session', async () => {
  const [socket, other] = [await server.connect(ben), await server.connect(ben)]
  const message = new Promise((resolve) => socket.once('message', resolve))
  expect(await socketService.sendTo(socket.id ?? '', { hello: 'ben' })).toBe(true)
  expect(await message).toEqual({ hello: 'ben' })

  const end = endOf(socket)
  expect(await socketService.end(socket.id ?? '')).toBe(true)
  expect(await end).toEqual({ reason: 'revoked', retry: false, at: expect.any(Number), only: 'socket' })
  expect(other.connected).toBe(true)
  expect((await findLiveSession(ben.session.id))?.id).toBe(ben.session.id)
  await eventually(async () => expect((await reasons())?.value).toBe(1))
  other.disconnect()
})

test('a raw one is closed with 4001 and the reason', async () => {
  const socket = await openSocket(server, 'echo', ben)
  const [{ id = '' } = {}] = await socketService.list({ path: '/ws/echo' })
  expect(await socketService.sendTo(id, 'hello')).toBe(true)
  expect(await socket.next()).toBe('hello')
  expect(await socketService.end(id)).toBe(true)
  expect(await socket.closed).toEqual({ code: 4001, reason: 'revoked' })
  await eventually(async () => expect(await socketService.end(id)).toBe(false))
})

test('all of a person go at once, within a path where one is given, and nobody else’s', async () => {
  const cleo = await server.signIn('cleo')
  const [tab, raw, others] = [
    await server.connect(ben),
    await openSocket(server, 'echo', ben),
    await server.connect(cleo),
  ]
  const end = endOf(tab)
  expect(await socketService.endAll(ben.session.user.id, '/ws/*')).toBe(1)
  expect(await raw.closed).toEqual({ code: 4001, reason: 'revoked' })
  expect(tab.connected).toBe(true)
  await eventually(async () => expect(await socketService.list({ userId: ben.session.user.id })).toHaveLength(1))
  expect(await socketService.endAll(ben.session.user.id)).toBe(1)
  expect(await end).toMatchObject({ reason: 'revoked' })
  expect(others.connected).toBe(true)
})
