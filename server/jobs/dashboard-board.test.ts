import { setTimeout as wait } from 'node:timers/promises'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dashboard, figures, type Scope, scope } from '#channels/dashboard'
import type { PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { takeNumbers } from '#server/models/number-series'
import { placeOrders } from '#server/models/order-place'
import { readCatalogue } from '#server/models/simulator-orders'
import { countQueries } from '#server/test-queries'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'

let server: TestServer
let people: Visitor[]
beforeAll(async () => {
  server = await startTestServer({ settings: { DEMO_ORDERS: '50' } })
  people = await Promise.all(['ada', 'ben', 'cleo', 'dora'].map((name) => server.signIn(name)))
})
afterAll(() => server.stop())

/** Joins, and keeps the moments of the figures that come. */
async function look(visitor: Visitor, room: Scope): Promise<{ socket: Socket; moments: number[] }> {
  const socket = await server.connect(visitor)
  const moments: number[] = []
  socket.on('dashboard:push', ({ pushes }: PushFrame) => {
    for (const { push, data } of pushes) if (push === 'measured') moments.push(figures.parse(data).at)
  })
  expect(await socket.emitWithAck('dashboard:join', { room })).toMatchObject({ ok: true })
  return { socket, moments }
}

const person = (nth: number): Visitor => {
  const visitor = people[nth % people.length]
  if (!visitor) throw new Error('Nobody is signed in.')
  return visitor
}

const shown = (room: Scope) =>
  container()
    .latest.read(dashboard, room)
    ?.flatMap(({ push, data }) => (push === 'measured' ? [figures.parse(data)] : []))[0]

/** When the workshop was measured last, once that is so long ago that whoever asks has it measured anew. */
async function old(): Promise<number> {
  const at = Math.max(0, ...scope.options.map((room) => shown(room)?.at ?? 0))
  await until(() => Date.now() - at > 1_000)
  return at
}

/** The most that one measurement of this small a workshop asks of the database; with what else goes on there. */
const mostOfOne = 20

test.each(['nothing', 'all ', 'Frames', '__proto__'])('there is no room %j', async (room) => {
  const socket = await server.connect(person(0))
  const reply = await socket.emitWithAck('dashboard:join', { room })
  expect(reply).toMatchObject({ ok: false })
  socket.disconnect()
})

test('fifty viewers in three rooms cost what one does, a measurement a second; and the last one to go ends it', async () => {
  const rooms = ['all', 'frames', 'cases'] as const
  const viewers = await Promise.all(
    Array.from({ length: 50 }, (_, nth) => look(person(nth), rooms[nth % rooms.length] ?? 'all')),
  )
  await eventually(() => expect(viewers.every(({ moments }) => moments.length > 0)).toBe(true))

  const before = viewers.map(({ moments }) => moments.length)
  const queries = countQueries()
  const began = performance.now()
  await until(() => viewers.every(({ moments }, nth) => moments.length >= (before[nth] ?? 0) + 2))
  const seconds = (performance.now() - began) / 1_000
  queries.stop()
  // Each measurement has a moment of its own, whichever rooms show it.
  const came = viewers.map(({ moments }, nth) => moments.slice(before[nth]))
  const measured = new Set(came.flat()).size
  expect(measured).toBeGreaterThanOrEqual(2)
  expect(measured).toBeLessThanOrEqual(Math.ceil(seconds) + 1)
  expect(queries.of('$queryRaw')).toBeLessThanOrEqual((measured + 1) * mostOfOne)
  for (const { moments } of viewers) expect(moments).toEqual(moments.toSorted((one, other) => one - other))

  for (const { socket } of viewers) socket.disconnect()
  const left = () =>
    [...container().registry.own()].flatMap(({ rooms }) => rooms).filter((room) => room.startsWith('dashboard/'))
  await until(() => left().length === 0)
  await wait(200)
  const idle = countQueries()
  await wait(1_600)
  idle.stop()
  expect(idle.of('$queryRaw')).toBeLessThan(mostOfOne / 2)
})

test('a hundred pages of several rooms at once cost one measurement, and show it', async () => {
  const before = await old()
  const queries = countQueries()
  const board = container().work.dashboard
  await Promise.all(Array.from({ length: 100 }, (_, nth) => board.show(nth % 2 === 0 ? 'all' : 'rails')))
  queries.stop()
  expect(queries.of('$queryRaw')).toBeLessThanOrEqual(mostOfOne)
  expect(shown('all')?.at).toBeGreaterThan(before)
  expect(shown('rails')?.at).toBe(shown('all')?.at)
})

test('an order is on every screen of its rooms within seconds, and on no other', async () => {
  const rooms = ['all', 'frames', 'cases'] as const
  const viewers = await Promise.all(rooms.map((room, nth) => look(person(nth), room)))
  await until(() => viewers.every(({ moments }) => moments.length > 0))
  const today = () => rooms.map((room) => shown(room)?.orders.today ?? 0)
  const [all = 0, frames = 0, cases = 0] = today()
  const { products, customers } = await readCatalogue()
  const [customer] = customers
  const frame = await container().database.prisma.product.findFirstOrThrow({ where: { line: 'frames' } })
  const [number = ''] = await takeNumbers('order', 1)
  const lines = [{ productId: frame.id, siteId: customer?.sites[0]?.id ?? '', quantity: 3 }]
  const placed = {
    number,
    customerId: customer?.id ?? '',
    priority: 'normal' as const,
    dueOn: new Date(),
    reference: null,
    lines,
  }
  await transaction((tx) => placeOrders(tx, [placed]))
  expect(products.length).toBeGreaterThan(0)
  await eventually(() => expect(today()).toEqual([all + 1, frames + 1, cases]))
  for (const { socket } of viewers) socket.disconnect()
})

test('a node that finds another one’s value lets it go on, and takes over when none comes any more', async () => {
  const { socket, moments } = await look(person(1), 'panels')
  await until(() => moments.length >= 2)
  // What another node does: it puts values of its own on the shared board.
  const { latest } = container()
  const own = shown('panels')
  if (!own) throw new Error('There are no figures.')
  const theirs: number[] = []
  const other = setInterval(() => {
    const at = Math.max(Date.now(), ...theirs) + 1
    theirs.push(at)
    latest.put(dashboard, 'panels', 'measured', { ...own, at })
  }, 20)
  await wait(1_200)
  const queries = countQueries()
  await wait(2_200)
  clearInterval(other)
  queries.stop()
  expect(queries.of('$queryRaw')).toBeLessThan(mostOfOne / 2)
  const last = theirs.at(-1) ?? 0
  await until(() => (moments.at(-1) ?? 0) > last)
  expect(moments).toEqual(moments.toSorted((one, two) => one - two))
  socket.disconnect()
})
