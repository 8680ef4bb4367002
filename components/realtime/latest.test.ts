import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, stream } from '#channels/contract'
import type { FirstPaint, Pushed } from '#channels/wire'
import { publish, withdraw } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import type { Connection } from './connection'
import type { Fold } from './fold'
import { Latest } from './latest'
import { openRoom, type Room } from './room'
import { connectAs } from './test-client'

const quotes = defineChannel({
  name: 'quotes',
  room: z.string(),
  state: z.object({}),
  pushes: {
    quoted: latest(z.object({ symbol: z.string(), price: z.number() }), ({ symbol }) => symbol),
    halted: latest(z.object({ symbol: z.string() }), ({ symbol }) => symbol),
    noted: stream(z.string()),
  },
  calls: {},
})
const quoted = (symbol: string, price: number): Pushed => ({
  push: 'quoted',
  key: symbol,
  at: 1,
  data: { symbol, price },
})
const gone = (symbol: string): Pushed => ({ push: 'quoted', key: symbol, at: 2 })

describe('the values of a room', () => {
  const pricesIn = ({ values }: Latest<typeof quotes>) =>
    Object.fromEntries(Object.entries(values.quoted).map(([symbol, { price }]) => [symbol, price]))

  test('pushes of other kinds, of no key, of no contract, and withdrawals of what there is not change nothing', () => {
    const held = new Latest(quotes, [quoted('A', 1)])
    const before = held.values
    held.apply([{ push: 'noted', key: 'A', seq: 1, at: 1, data: 'x' }, { push: 'quoted', at: 1, data: 'x' }, gone('B')])
    held.apply([{ push: 'exploded', key: 'A', at: 1, data: 'x' }])
    held.apply([])
    expect(held.values).toBe(before)
    expect(held.values).toEqual({ quoted: { A: { symbol: 'A', price: 1 } }, halted: {} })
  })

  test('begin with what was painted, and change key by key; what does not change stays the same object', () => {
    const held = new Latest(quotes, [quoted('A', 1), quoted('B', 2), { push: 'halted', key: 'A', at: 1, data: {} }])
    const before = held.values
    held.apply([quoted('B', 3), quoted('C', 4), gone('A')])
    expect(pricesIn(held)).toEqual({ B: 3, C: 4 })
    expect(held.values).not.toBe(before)
    expect(held.values.halted).toBe(before.halted)
  })

  test('are replaced by what is all there is, and what is as it was stays the same object', () => {
    const held = new Latest(quotes, [quoted('A', 1), quoted('B', 2)])
    const before = held.values
    held.replace([quoted('A', 1), quoted('B', 2)])
    expect(held.values).toBe(before)
    held.replace([quoted('A', 1), quoted('C', 3)])
    expect(pricesIn(held)).toEqual({ A: 1, C: 3 })
    expect(held.values.quoted.A).toBe(before.quoted.A)
    held.replace([])
    expect(pricesIn(held)).toEqual({})
  })

  test('may have any key, even one that means something to JavaScript', () => {
    const held = new Latest(quotes, [quoted('__proto__', 1), quoted('constructor', 2)])
    expect(Object.entries(held.values.quoted)).toHaveLength(2)
    expect(Object.getPrototypeOf(held.values.quoted)).toBe(Object.prototype)
  })
})

describe('in a room', () => {
  /** Runs while a state is read, in the very moment in which a join is answered. */
  let during = () => {}
  const serveQuotes = serve(quotes, {
    authorize: () => {},
    state: async () => {
      during()
      return {}
    },
    calls: {},
  })
  const fold: Fold<typeof quotes> = { pushes: { noted: (state) => state } }
  const unpainted: FirstPaint<z.infer<typeof quotes.state>> = { state: {}, position: { epoch: '', seq: 0 } }

  let server: TestServer
  let ben: Visitor
  let connection: Connection
  let name: string
  beforeAll(async () => {
    server = await startTestServer({ channels: [serveQuotes] })
    ben = await server.signIn('ben')
  })
  afterAll(() => server.stop())
  beforeEach(() => {
    connection = connectAs(server.url, ben)
    name = randomUUID()
    during = () => {}
  })
  afterEach(() => connection.hangUp())

  const open = (initial = unpainted, room = name) => openRoom(connection, quotes, room, initial, fold)
  const quote = (symbol: string, price: number, room = name) => publish(quotes, room, 'quoted', { symbol, price })
  const joined = (room: Room<typeof quotes>) => until(() => room.snapshot.status === 'joined')
  const holds = (room: Room<typeof quotes>, prices: Record<string, number>) =>
    eventually(() => {
      const held = Object.entries(room.snapshot.latest.quoted).map(([symbol, { price }]) => [symbol, price])
      expect(Object.fromEntries(held)).toEqual(prices)
    })

  test('a value this page does not understand denies the room', async () => {
    await quote('A', 1)
    const room = open()
    await joined(room)
    const thrown = new Promise((resolve) => {
      const listeners = process.listeners('uncaughtException')
      process.removeAllListeners('uncaughtException')
      process.once('uncaughtException', (error) => {
        for (const listener of listeners) process.on('uncaughtException', listener)
        resolve(error)
      })
    })
    room.receive([quoted('B', 2), { push: 'quoted', key: 'A', at: 2, data: { from: 'a newer server' } }])
    expect(room.snapshot).toMatchObject({ status: 'denied', refusal: { code: 'internal' } })
    await holds(room, { A: 1 })
    expect(await thrown).toBeInstanceOf(z.ZodError)
  })

  test('what was painted is there at once; the join replaces it, and pushes change it', async () => {
    await quote('A', 2)
    const room = open({ ...unpainted, latest: [quoted('A', 1), quoted('gone', 1)] })
    await holds(room, { A: 1, gone: 1 })
    await joined(room)
    await holds(room, { A: 2 })
    const seen: unknown[] = []
    room.watch(({ key, data }) => seen.push([key, data]))
    const before = room.snapshot.latest
    await publish(quotes, name, 'noted', 'something else')
    await until(() => seen.length === 1)
    expect(room.snapshot.latest).toBe(before)
    await quote('B', 3)
    await holds(room, { A: 2, B: 3 })
    withdraw(quotes, name, 'quoted', 'A')
    await holds(room, { B: 3 })
    expect(seen.slice(1)).toEqual([
      ['B', { symbol: 'B', price: 3 }],
      ['A', undefined],
    ])
  })

  test('after a cut the current values are there, and no other', async () => {
    await quote('A', 1)
    await quote('B', 1)
    const room = open()
    await joined(room)
    connection.socket.io.engine.close()
    await until(() => room.snapshot.status === 'offline')
    await holds(room, { A: 1, B: 1 })
    withdraw(quotes, name, 'quoted', 'A')
    await quote('C', 3)
    await joined(room)
    await holds(room, { B: 1, C: 3 })
  })

  test('no value is lost between what a join answers and what is pushed, in whatever moment it is published', async () => {
    await until(() => connection.status.is === 'connected')
    const rooms = Array.from({ length: 40 }, () => randomUUID())
    for (const [hops, room] of rooms.entries()) {
      during = () => {
        let moment = Promise.resolve()
        for (let hop = 0; hop < hops; hop++) moment = moment.then(() => {})
        void moment.then(() => quote('A', hops, room))
      }
      const opened = open(unpainted, room)
      await joined(opened)
      await holds(opened, { A: hops })
    }
  })
})
