import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, stream, volatile } from '#channels/contract'
import type { Pushed, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { firstPaint } from './first-paint'
import { publish, withdraw } from './publish'
import { serve } from './serve'

const quotes = defineChannel({
  name: 'quotes',
  room: z.string(),
  state: z.object({}),
  pushes: {
    quoted: latest(z.object({ symbol: z.string(), price: z.number() }), ({ symbol }) => symbol),
    noted: stream(z.string()),
    hinted: volatile(z.string()),
  },
  calls: {},
})
/** Whether one may be in a room is not said before this. */
let gate = Promise.resolve()
const serveQuotes = serve(quotes, { authorize: () => gate, state: async () => ({}), calls: {} })

let server: TestServer
let ben: Visitor
let socket: Socket
let room: string
let frames: Pushed[][]

beforeAll(async () => {
  server = await startTestServer({ channels: [serveQuotes] })
  ben = await server.signIn('ben')
  socket = await server.connect(ben)
})
afterAll(() => server.stop())
beforeEach(() => {
  const [here, heard]: [string, Pushed[][]] = [randomUUID(), []]
  room = here
  frames = heard
  socket.on('quotes:push', (frame: PushFrame) => frame.room === here && heard.push(frame.pushes))
})

const join = () => socket.emitWithAck('quotes:join', { room })
const quote = (symbol: string, price: number) => publish(quotes, room, 'quoted', { symbol, price })
const quoted = (symbol: string, price: number) => ({ push: 'quoted', key: symbol, data: { symbol, price } })
const held = () => container().latest.read(quotes, room)

describe('refused', () => {
  const wrong = { symbol: 'A', price: Number.NaN }

  test('a value that is not what the contract says', async () => {
    await expect(publish(quotes, room, 'quoted', wrong)).rejects.toThrow(z.ZodError)
    await expect(transaction(async (tx) => tx.publish(quotes, room, 'quoted', wrong))).rejects.toThrow(z.ZodError)
    expect(held()).toEqual([])
  })

  test('a value of a transaction that fails', async () => {
    await join()
    const failing = transaction(async (tx) => {
      tx.publish(quotes, room, 'quoted', { symbol: 'A', price: 1 })
      tx.publish(quotes, room, 'hinted', 'never')
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(held()).toEqual([])
    await quote('B', 2)
    await eventually(() => expect(frames).toMatchObject([[quoted('B', 2)]]))
  })
})

test('a value of a transaction is there once that is committed, and not before', async () => {
  await join()
  await transaction(async (tx) => {
    tx.publish(quotes, room, 'quoted', { symbol: 'A', price: 1 })
    tx.publish(quotes, room, 'hinted', 'hint')
    tx.publish(quotes, room, 'noted', 'note')
    await tx.setting.findMany()
    expect(held()).toEqual([])
  })
  expect(held()).toMatchObject([quoted('A', 1)])
  const sent = [quoted('A', 1), { push: 'hinted', data: 'hint' }, { push: 'noted', seq: 1, data: 'note' }]
  await eventually(() => expect(frames.flat()).toHaveLength(3))
  expect(frames.flat()).toEqual(expect.arrayContaining(sent.map((one) => expect.objectContaining(one))))
})

test('a new member gets the current values with the answer to its join, and a first paint has them too', async () => {
  await quote('A', 1)
  await quote('B', 2)
  await quote('A', 3)
  await quote('C', 4)
  withdraw(quotes, room, 'quoted', 'C')
  const values = [quoted('A', 3), quoted('B', 2)]
  const { position, ...reply } = await join()
  expect(reply).toMatchObject({ ok: true, state: {}, latest: values })
  expect(reply.latest).toHaveLength(2)
  expect(await socket.emitWithAck('quotes:join', { room, position })).toMatchObject({ pushes: [], latest: values })
  expect(await firstPaint(quotes, room, async () => ({}))).toMatchObject({ state: {}, latest: values })
})

test('a producer of thousands of values never waits; members get ten frames a second, and the last value', async () => {
  await join()
  const begun = performance.now()
  let price = 0
  while (frames.length < 5) {
    // Put before it returns, and nothing to wait for.
    for (let times = 0; times < 100; times++) void quote(`${price % 50}`, ++price)
    expect(held()).toContainEqual(expect.objectContaining({ data: { symbol: `${(price - 1) % 50}`, price } }))
    await sleep(1)
  }
  await eventually(() => expect(frames.flat().at(-1)).toMatchObject({ data: { price } }))
  expect(frames.length).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - begun) / 99))
  for (const frame of frames) expect(new Set(frame.map(({ key }) => key)).size).toBe(frame.length)
  const seen = new Map(frames.flat().map(({ key, data }) => [key, data]))
  expect(seen).toEqual(new Map(held()?.map(({ key, data }) => [key, data])))
})

test('what has been withdrawn comes without data', async () => {
  await join()
  await quote('A', 1)
  await eventually(() => expect(frames).toHaveLength(1))
  withdraw(quotes, room, 'quoted', 'A')
  withdraw(quotes, room, 'quoted', 'there is none')
  await eventually(() => expect(frames).toHaveLength(2))
  expect(frames[1]).toEqual([{ push: 'quoted', key: 'A', at: expect.any(Number) }])
})

test('while it is in doubt whether a member may be there it hears nothing, and then what it missed', async () => {
  await quote('A', 1)
  await quote('B', 1)
  await join()
  const other = await server.connect(ben)
  const heard: Pushed[] = []
  other.on('quotes:push', (frame: PushFrame) => heard.push(...frame.pushes))
  await other.emitWithAck('quotes:join', { room })
  let say = () => {}
  gate = new Promise((resolve) => {
    say = resolve
  })
  container()
    .io.sockets.sockets.get(socket.id ?? '')
    ?.data.rights.doubtRoom(`quotes/${room}`, false)
  await quote('A', 2)
  withdraw(quotes, room, 'quoted', 'B')
  await eventually(() => expect(heard).toMatchObject([quoted('A', 2), { key: 'B' }]))
  const before = frames.length
  say()
  gate = Promise.resolve()
  await eventually(() => expect(frames).toHaveLength(before + 1))
  expect(frames.at(-1)).toMatchObject([quoted('A', 2), { push: 'quoted', key: 'B' }])
})
