import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, stream, volatile } from '#channels/contract'
import { container } from '#server/container'
import { endSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { closeSilent } from './alive'
import { publish } from './publish'
import { serve } from './serve'

const stock = defineChannel({
  name: 'stock',
  room: z.string(),
  state: z.object({}),
  pushes: {
    moved: stream(z.string()),
    seen: volatile(z.string()),
    level: latest(z.object({ item: z.string() }), ({ item }) => item),
  },
  calls: {
    move: { input: z.object({ to: z.string().max(10) }), output: z.object({}), limit: { burst: 3, perSecond: 0.01 } },
  },
})

const served = serve(stock, {
  authorize: ({ room }) => (room === 'vault' ? refuse('forbidden', 'Not you.') : undefined),
  state: async () => ({}),
  calls: {
    move: async ({ room }, { to }) => {
      await publish(stock, room, 'moved', to)
      return {}
    },
  },
})

let server: TestServer
let ben: Visitor
let before: string

beforeAll(async () => {
  server = await startTestServer({ channels: [served] })
})
beforeEach(async () => {
  // Whoever was there before has gone, and each test has its own allowance of calls.
  ben = await server.signIn('ben')
  await expect.poll(async () => sum(await scrape(), 'sockets')).toBe(0)
  before = await scrape()
})
afterAll(() => server.stop())

let scraped = ''
const scrape = async () => {
  scraped = await container().metrics.register.metrics()
  return scraped
}

/** Of all series with these labels. */
function sum(text: string, name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  return text
    .split('\n')
    .filter((line) => /^\w+/.exec(line)?.[0] === `switchboard_${name}` && wanted.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

/** By how much it has risen in this test. */
const risen = async (name: string, labels?: Record<string, string>) =>
  sum(await scrape(), name, labels) - sum(before, name, labels)

const joined = async (room: string, visitor = ben): Promise<Socket> => {
  const socket = await server.connect(visitor)
  expect(await socket.emitWithAck('stock:join', { room })).toMatchObject({ ok: true })
  return socket
}

test('handshakes by outcome', async () => {
  for (const visitor of [{}, { cookie: ben.cookie }]) {
    const socket = server.open(visitor)
    await new Promise((resolve) => socket.once('connect_error', resolve))
  }
  await server.connect(ben)
  expect(await risen('handshakes_total', { outcome: 'unauthenticated' })).toBe(1)
  expect(await risen('handshakes_total', { outcome: 'forbidden' })).toBe(1)
  expect(await risen('handshakes_total', { outcome: 'accepted' })).toBe(1)
  expect(await risen('handshakes_total')).toBe(3)
})

test('upgrades that are refused', async () => {
  await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)
  expect(await risen('handshakes_total', { outcome: 'upgrade-refused' })).toBe(1)
})

test('calls by outcome, with the time they took', async () => {
  const socket = await joined('hall-1')
  const call = { channel: 'stock', call: 'move' }
  await socket.emitWithAck('stock:move', { room: 'elsewhere', input: { to: 'a' } })
  await socket.emitWithAck('stock:move', { room: 'hall-1', input: { to: 'much too far away' } })
  await socket.emitWithAck('stock:move', { room: 'hall-1', input: { to: 'a' } })
  await socket.emitWithAck('stock:move', { room: 'hall-1', input: { to: 'b' } })
  for (const outcome of ['not-joined', 'invalid', 'ok', 'rate-limited']) {
    expect(await risen('calls_total', { ...call, outcome }), outcome).toBe(1)
  }
  expect(await risen('calls_total')).toBe(4)
  expect(await risen('call_seconds_count', call)).toBe(4)
})

test('closes by reason', async () => {
  const closes = async (reason: string) => expect.poll(() => risen('closes_total', { reason })).toBe(1)
  ;(await server.connect(ben)).disconnect()
  await closes('client')
  ;(await server.connect(ben)).io.engine.close()
  await closes('transport')
  const intruder = await server.connect(ben)
  intruder.emit('stock:move', { room: 'vault', input: { to: 'a' } })
  await closes('forbidden')
  ;(await server.connect(ben)).emit('no such event')
  await closes('malformed')
  const silent = await server.connect(ben)
  for (const { data } of container().io.of('/').sockets.values()) data.heardAt = 0
  const closed = endOf(silent)
  closeSilent(container().io, 1)
  await closed
  await closes('silent')
  const ending = endOf(await server.connect(ben))
  await endSession(ben.session.id, 'revoked')
  await ending
  await closes('revoked')
  expect(await risen('closes_total')).toBe(6)
})

test('joins and leaves, with the rooms and sockets there are', async () => {
  const [one, two] = [await joined('hall-1'), await joined('hall-1')]
  await one.emitWithAck('stock:join', { room: 'hall-2' })
  await one.emitWithAck('stock:join', { room: 'hall-2' })
  await one.emitWithAck('stock:join', { room: 'vault' })
  expect(await risen('joins_total', { channel: 'stock' })).toBe(3)
  expect(sum(scraped, 'rooms')).toBe(2)
  expect(sum(scraped, 'sockets', { path: '/socket.io' })).toBe(2)
  await one.emitWithAck('stock:leave', { room: 'hall-1' })
  await one.emitWithAck('stock:leave', { room: 'hall-1' })
  expect(await risen('leaves_total', { channel: 'stock' })).toBe(1)
  one.disconnect()
  two.disconnect()
  await expect.poll(() => risen('leaves_total', { channel: 'stock' })).toBe(3)
  expect(sum(scraped, 'rooms')).toBe(0)
  expect(sum(scraped, 'sockets')).toBe(0)
})

test('joins answered with the state, and with pushes since', async () => {
  const socket = await server.connect(ben)
  const { position } = await socket.emitWithAck('stock:join', { room: 'replayed' })
  for (const to of ['a', 'b', 'c']) await publish(stock, 'replayed', 'moved', to)
  await socket.emitWithAck('stock:join', { room: 'replayed', position })
  await socket.emitWithAck('stock:join', { room: 'replayed', position: { ...position, epoch: 'another' } })
  expect(await risen('state_loads_total', { channel: 'stock' })).toBe(2)
  expect(await risen('replays_total', { channel: 'stock' })).toBe(1)
  expect(await risen('replayed_pushes_total', { channel: 'stock' })).toBe(3)
})

test('pushes by kind, and to how many they went', async () => {
  const sockets = [await joined('hall-1'), await joined('hall-1'), await joined('hall-2')]
  const heard = new Map(sockets.map((socket) => [socket, 0]))
  for (const socket of sockets) {
    socket.on('stock:push', ({ pushes }) => heard.set(socket, (heard.get(socket) ?? 0) + pushes.length))
  }
  await Promise.all(['a', 'b', 'c'].map((to) => publish(stock, 'hall-1', 'moved', to)))
  await publish(stock, 'hall-1', 'seen', 'ben')
  await publish(stock, 'hall-2', 'level', { item: 'bolts' })
  await publish(stock, 'nobody', 'moved', 'a')
  await expect.poll(() => [...heard.values()]).toEqual([4, 4, 1])
  expect(await risen('pushes_total', { channel: 'stock', kind: 'stream' })).toBe(4)
  expect(await risen('pushes_total', { channel: 'stock', kind: 'volatile' })).toBe(1)
  expect(await risen('pushes_total', { channel: 'stock', kind: 'latest' })).toBe(1)
  expect(await risen('deliveries_total', { channel: 'stock' })).toBe(9)
  expect(await risen('log_append_batch_size_sum')).toBe(4)
  expect(await risen('log_append_seconds_count')).toBe(await risen('log_append_batch_size_count'))
})

test('no series names a person, a session, a room, a value or an id', async () => {
  const socket = await joined('a-secret-room')
  await socket.emitWithAck('stock:move', { room: 'a-secret-room', input: { to: 'a secret' } })
  await publish(stock, 'a-secret-room', 'level', { item: 'a secret' })
  await scrape()
  const { id, user } = ben.session
  for (const text of ['secret', id, user.id, socket.id ?? '', container().node.id]) expect(scraped).not.toContain(text)
})
