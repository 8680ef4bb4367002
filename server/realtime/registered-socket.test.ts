import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'

let server: TestServer
let ada: Visitor

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  ada = await server.signIn('ada')
})
afterAll(() => server.stop())

const listed = async () => container().registry.list({ userId: ada.session.user.id })

test('a socket that was refused is not in the registry', async () => {
  const socket = server.open({ cookie: ada.cookie })
  await new Promise((resolve) => socket.once('connect_error', resolve))
  expect(await container().registry.list()).toEqual([])
})

test('one that has gone is not, whoever closed it', async () => {
  const [one, two] = [await server.connect(ada), await server.connect(ada)]
  expect(await listed()).toHaveLength(2)
  one.disconnect()
  await expect.poll(async () => (await listed()).map(({ id }) => id)).toEqual([two.id])
  container().io.disconnectSockets(true)
  expect(await listed()).toEqual([])
})

test('one that is open is, with its session, person and address', async () => {
  const start = Date.now()
  const socket = await server.connect(ada)
  const { id: sessionId, user } = ada.session
  expect(await listed()).toEqual([
    {
      id: socket.id,
      nodeId: container().node.id,
      path: '/socket.io',
      sessionId,
      userId: user.id,
      address: '127.0.0.1',
      since: expect.toSatisfy((since: number) => since >= start && since <= Date.now()),
      rooms: [],
      roundTrip: null,
    },
  ])
  expect(await container().registry.exists(user.id, '/socket.io')).toBe(true)
  expect(await container().registry.exists(user.id, '/ws/*')).toBe(false)
})

test('its rooms are those it is in by the time it is told so', async () => {
  const socket = await server.connect(ada)
  const rooms = async () => (await listed()).find(({ id }) => id === socket.id)?.rooms
  await socket.emitWithAck('chat:join', { room: 'general' })
  await socket.emitWithAck('chat:join', { room: 'no such room' })
  expect(await rooms()).toEqual(['chat/general'])
  await socket.emitWithAck('chat:join', { room: 'orders' })
  expect(await rooms()).toEqual(['chat/general', 'chat/orders'])
  await socket.emitWithAck('chat:leave', { room: 'general' })
  expect(await rooms()).toEqual(['chat/orders'])
})

test('the round trip of its pings is measured', async () => {
  const { opts } = container().io.engine
  const { pingInterval } = opts
  opts.pingInterval = 50
  await server.connect(ada)
  opts.pingInterval = pingInterval
  await expect.poll(async () => (await listed()).at(-1)?.roundTrip).not.toBeNull()
  expect((await listed()).at(-1)?.roundTrip).toBeLessThan(5_000)
})
