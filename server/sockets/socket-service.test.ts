import { setImmediate as turn } from 'node:timers/promises'
import { unpack } from 'msgpackr'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import type { Endpoint } from './endpoint'
import { addEndpoint } from './endpoints'
import type { Listener } from './listeners'
import { socketService } from './socket-service'
import { openSocket, type TestClient } from './test-client'
import { messagePack } from './transcoders/message-pack'

let server: TestServer
let ben: Visitor
let cleo: Visitor
const opened: (() => void)[] = []

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
  cleo = await server.signIn('cleo')
  serve('orders')
  serve('orders/live')
  serve('packed', { transcoder: messagePack(z.unknown()) })
  serve('anyone', { authenticate: 'public' })
})
afterAll(() => server.stop())
afterEach(async () => {
  for (const close of opened.splice(0)) close()
  await eventually(async () => expect(await socketService.count()).toBe(0))
  const { connections } = container().sockets
  for (const visitor of [ben, cleo]) expect([...connections.ofUser(userId(visitor))]).toEqual([])
  expect([...connections.all()]).toEqual([])
})

function serve(name: string, more: Partial<Endpoint> = {}): void {
  const handler: Endpoint['handler'] = { onMessage: (message, connection) => void connection.send(message) }
  addEndpoint(name, { description: 'For a test.', handler, ...more })
}

async function open(name: string, visitor?: Visitor): Promise<TestClient> {
  const socket = await openSocket(server, name, visitor)
  opened.push(() => socket.ws.terminate())
  return socket
}

async function connect(visitor: Visitor): Promise<Socket> {
  const socket = await server.connect(visitor)
  opened.push(() => socket.disconnect())
  return socket
}

const userId = ({ session }: Visitor) => session.user.id

describe('refused', () => {
  test.each(['', 'ws', 'ws/*', '/ws/', '/ws/**', '/*/orders', '/ws/or*', '**'])(
    'the path filter "%s"',
    async (filter) => {
      const refused = { code: 'invalid' }
      await expect(socketService.exists(userId(ben), filter)).rejects.toMatchObject(refused)
      await expect(socketService.send(userId(ben), 'hello', filter)).rejects.toMatchObject(refused)
      await expect(socketService.list({ path: filter })).rejects.toMatchObject(refused)
      await expect(socketService.count(filter)).rejects.toMatchObject(refused)
      await expect(socketService.numberOfConnections('path', filter)).rejects.toMatchObject(refused)
    },
  )

  test('and a message to nobody is taken by none', async () => {
    await open('anyone')
    await open('orders', cleo)
    expect(await socketService.exists(userId(ben))).toBe(false)
    expect(await socketService.send(userId(ben), 'hello')).toBe(0)
    socketService.sendAsync(userId(ben), 'hello', 'no filter')
  })
})

describe('a path filter means', () => {
  test.each([
    ['*', 4],
    ['/ws/*', 3],
    ['/ws/orders', 1],
    ['/ws/orders/*', 1],
    ['/ws/orders/live', 1],
    ['/ws/order', 0],
    ['/socket.io', 1],
    ['/socket.io/*', 0],
    ['/elsewhere/*', 0],
  ])('%s: %d of the person’s sockets', async (filter, count) => {
    for (const name of ['orders', 'orders/live', 'packed']) await open(name, ben)
    await connect(ben)
    await open('orders', cleo)
    expect(await socketService.exists(userId(ben), filter)).toBe(count > 0)
    expect(await socketService.list({ userId: userId(ben), path: filter })).toHaveLength(count)
    expect(await socketService.send(userId(ben), 'hello', filter)).toBe(count)
  })
})

test('a message comes through each socket as its transcoder says, and to nobody else', async () => {
  const [text, packed, other] = [await open('orders', ben), await open('packed', ben), await open('orders', cleo)]
  const line = await connect(ben)
  const heard = new Promise((resolve) => line.once('message', resolve))
  const message = { order: 7, lines: ['a', null] }
  expect(await socketService.send(userId(ben), message)).toBe(3)
  expect(JSON.parse(String(await text.next()))).toEqual(message)
  expect(unpack(Buffer.from(await packed.next()))).toEqual(message)
  expect(await heard).toEqual(message)
  socketService.sendAsync(userId(ben), 'plain', '/ws/orders')
  expect(await text.next()).toBe('plain')
  // The first thing the other hears is its own.
  other.send('mine')
  expect(await other.next()).toBe('mine')
})

test('a socket that is closing takes no message', async () => {
  const socket = await open('orders', ben)
  await open('packed', ben)
  socket.ws.terminate()
  await eventually(async () => expect(await socketService.send(userId(ben), 'hello')).toBe(1))
})

test('numbers by path, person and node', async () => {
  for (const name of ['orders', 'orders', 'packed']) await open(name, ben)
  await open('orders', cleo)
  await open('anyone')
  await connect(cleo)
  expect(await socketService.count()).toBe(6)
  expect(await socketService.count('/ws/*')).toBe(5)
  expect(Object.fromEntries(await socketService.numberOfConnections('path'))).toEqual({
    '/ws/orders': 3,
    '/ws/packed': 1,
    '/ws/anyone': 1,
    '/socket.io': 1,
  })
  expect(Object.fromEntries(await socketService.numberOfConnections('user', '/ws/orders'))).toEqual({
    [userId(ben)]: 2,
    [userId(cleo)]: 1,
  })
  expect([...(await socketService.numberOfConnections('node')).values()]).toEqual([6])
})

describe('a listener', () => {
  test('hears of sockets of both natures, and not once it is taken away', async () => {
    const heard: unknown[] = []
    const listener: Listener = {
      onConnect: ({ path, user }) => void heard.push(['connect', path, user?.name]),
      onMessage: ({ path }, message) => void heard.push(['message', path, message]),
      onClose: ({ path }, code) => void heard.push(['close', path, code]),
    }
    const remove = socketService.addListener(listener)
    const socket = await open('orders', ben)
    socket.send('hello')
    await socket.next()
    socket.ws.close(4000)
    await eventually(() => expect(heard).toHaveLength(3))
    const line = await connect(cleo)
    await line.emitWithAck('chat:join', { room: 'general' })
    line.disconnect()
    await eventually(() => expect(heard).toHaveLength(6))
    expect(heard).toEqual([
      ['connect', '/ws/orders', 'ben'],
      ['message', '/ws/orders', 'hello'],
      ['close', '/ws/orders', 4000],
      ['connect', '/socket.io', 'cleo'],
      ['message', '/socket.io', ['chat:join', { room: 'general' }]],
      ['close', '/socket.io', 1006],
    ])
    remove()
    await open('orders', ben)
    expect(heard).toHaveLength(6)
  })

  test('can speak with exactly one socket', async () => {
    const remove = socketService.addListener({ onConnect: async (connection) => void (await connection.send('hello')) })
    const one = await open('orders', ben)
    expect(await one.next()).toBe('hello')
    const line = server.open(cleo)
    opened.push(() => line.disconnect())
    expect(await new Promise((resolve) => line.once('message', resolve))).toBe('hello')
    remove()
  })

  test('that throws or rejects keeps neither the socket nor other listeners', async () => {
    const onConnect = vi.fn()
    const removers = [
      { onConnect: () => Promise.reject(new Error('on purpose')) },
      {
        onConnect: () => {
          throw new Error('on purpose')
        },
      },
      { onConnect },
    ].map((listener) => socketService.addListener(listener))
    const socket = await open('orders', ben)
    socket.send('hello')
    expect(await socket.next()).toBe('hello')
    await turn()
    expect(onConnect).toHaveBeenCalledTimes(1)
    for (const remove of removers) remove()
  })
})
