import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { endSession } from '#server/models/session'
import { addEndpoint, removeEndpoint } from '#server/sockets/endpoints'
import type { Handler } from '#server/sockets/handler'
import type { SocketConnection } from '#server/sockets/socket-connection'
import { openSocket } from '#server/sockets/test-client'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { type SocketIoEvent, type SocketIoReply, socketIo } from './socket-io'

type Connection = SocketConnection<SocketIoReply | string>

let server: TestServer
let ben: Visitor
let socket: Socket | undefined
const handler = {
  onOpen: vi.fn<(connection: Connection) => void | Promise<void>>(),
  onMessage: vi.fn<(message: SocketIoEvent, connection: Connection) => void | Promise<void>>(),
  onClose: vi.fn(),
} satisfies Handler<Connection, SocketIoEvent>

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(() => {
  vi.resetAllMocks()
  addEndpoint('sio', { description: 'For socket.io-client.', handler, transcoder: socketIo })
})
afterEach(() => {
  socket?.disconnect()
  removeEndpoint('sio')
})

/** A stock client, which knows nothing of us but the address. */
function connect(namespace = ''): Socket {
  socket = io(`${server.url}${namespace}`, {
    path: '/ws/sio',
    transports: ['websocket'],
    query: { session: ben.csrfToken },
    extraHeaders: { cookie: ben.cookie, origin: server.url },
    forceNew: true,
    reconnectionDelay: 10,
  })
  return socket
}

const event = (on: Socket, name: string) => new Promise<unknown>((resolve) => on.once(name, resolve))

describe('malformed: closed with 1007', () => {
  test.each([
    ['an event before the connect', ['42["hello"]']],
    ['a second connect', ['40', '40']],
    ['an event that has no name', ['40', '42[7]']],
    ['an event without data', ['40', '42']],
    ['an event that only a client raises', ['40', '42["disconnect"]']],
    ['an answer that is no array', ['40', '431{}']],
    ['JSON that is none', ['40', '42["hello"']],
    ['a packet of no type', ['40', '49']],
    ['a packet of Engine.IO of no type', ['7']],
    ["the server's own opening", ['0{}']],
    ['an upgrade, which there is not', ['2probe']],
    ['an event for a namespace that is not connected', ['40', '42/admin,["hello"]']],
  ])('%s', async (_, frames) => {
    const raw = await openSocket(server, 'sio', ben)
    for (const frame of frames) raw.send(frame)
    expect(await raw.closed).toEqual({ code: 1007, reason: 'malformed' })
    expect(handler.onMessage).not.toHaveBeenCalled()
  })
})

test.each([
  ['a binary frame', ['40', Buffer.from('hello')]],
  ['an event with attachments', ['40', '451-["hello",{"_placeholder":true,"num":0}]']],
])('%s is closed with 1003', async (_, frames) => {
  const raw = await openSocket(server, 'sio', ben)
  for (const frame of frames) raw.send(frame)
  expect(await raw.closed).toEqual({ code: 1003, reason: 'malformed' })
})

test('a namespace there is not is refused as Socket.IO would', async () => {
  const error = await event(connect('/admin'), 'connect_error')
  expect(error).toMatchObject({ message: 'Invalid namespace' })
})

describe('a stock client', () => {
  test('hears what the handler said before it had connected', async () => {
    handler.onOpen.mockImplementation(async (connection) => {
      await connection.send({ event: 'welcome', args: [connection.user?.name, { since: 1 }] })
    })
    const client = connect()
    const heard = new Promise((resolve) => client.once('welcome', (...args) => resolve(args)))
    expect(await heard).toEqual(['ben', { since: 1 }])
    expect(client.connected).toBe(true)
  })

  test('emits events, and gets its acknowledgement once', async () => {
    handler.onMessage.mockImplementation(({ event, args, acknowledge }) => {
      acknowledge?.(event, ...args)
      acknowledge?.('twice')
    })
    const client = connect()
    await event(client, 'connect')
    const acknowledged = vi.fn()
    client.emit('order', 7, { note: 'héllo, "world"' }, acknowledged)
    expect(await client.timeout(2_000).emitWithAck('order', 8)).toBe('order')
    expect(acknowledged.mock.calls).toEqual([['order', 7, { note: 'héllo, "world"' }]])
    client.emit('quiet')
    await eventually(() => expect(handler.onMessage).toHaveBeenCalledTimes(3))
    expect(handler.onMessage.mock.lastCall?.[0]).toEqual({ event: 'quiet', args: [] })
  })

  test('acknowledges an event of the handler', async () => {
    const acknowledged = vi.fn()
    handler.onMessage.mockImplementation(async (_, connection) => {
      await connection.send({ event: 'sum', args: [2, 3], acknowledged })
    })
    const client = connect()
    client.on('sum', (a: number, b: number, answer: (sum: number) => void) => answer(a + b))
    client.emit('ready')
    await eventually(() => expect(acknowledged.mock.calls).toEqual([[5]]))
  })

  test('gets what is no event as an event "message"', async () => {
    handler.onMessage.mockImplementation(async (_, connection) => void (await connection.send('plain')))
    const client = connect()
    client.send('hello')
    expect(await event(client, 'message')).toBe('plain')
    expect(handler.onMessage.mock.lastCall?.[0]).toEqual({ event: 'message', args: ['hello'] })
  })

  test('that disconnects is told to onClose', async () => {
    const client = connect()
    await event(client, 'connect')
    client.disconnect()
    await eventually(() => expect(handler.onClose).toHaveBeenCalledTimes(1))
  })

  test('does not come back when the handler has closed it', async () => {
    handler.onMessage.mockImplementation((_, connection) => connection.close())
    const client = connect()
    await event(client, 'connect')
    client.emit('bye')
    expect(await event(client, 'disconnect')).toBe('io server disconnect')
    expect(client.active).toBe(false)
  })

  test('nor when its session has ended', async () => {
    ben = await server.signIn('ben')
    const client = connect()
    await event(client, 'connect')
    await endSession(ben.session.id, 'revoked')
    expect(await event(client, 'disconnect')).toBe('io server disconnect')
    ben = await server.signIn('ben')
  })
})

test('an event is acknowledged once, however often the handler does', async () => {
  handler.onMessage.mockImplementation(async ({ acknowledge }, connection) => {
    acknowledge?.('once')
    acknowledge?.('twice')
    await connection.send('after')
  })
  const raw = await openSocket(server, 'sio', ben)
  for (const frame of ['40', '421["order"]']) raw.send(frame)
  const frames = [await raw.next(), await raw.next(), await raw.next(), await raw.next()]
  expect(frames.slice(2)).toEqual(['431["once"]', '42["message","after"]'])
  raw.ws.terminate()
})

test('what is sent to a socket that never connects is not taken', async () => {
  const taken: Promise<boolean>[] = []
  handler.onOpen.mockImplementation((connection) => void taken.push(connection.send('hello')))
  const raw = await openSocket(server, 'sio', ben)
  await eventually(() => expect(taken).toHaveLength(1))
  raw.ws.close()
  expect(await Promise.all(taken)).toEqual([false])
})
