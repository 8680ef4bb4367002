import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { everyOrder, type OrderPage, type OrderRow } from '#channels/orders'
import { type Ask, Listing } from './listing'

// Time passes when the test says so: what it proves are pauses.
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Whatever was to be asked has been. */
const settled = () => vi.runAllTimersAsync()

const row = (id: string, version = 0): OrderRow => ({
  id,
  number: id,
  version,
  customer: { number: 1, name: 'Lindner', city: 'Falkensee' },
  state: 'open',
  priority: 'normal',
  reference: null,
  dueOn: '2026-12-24',
  overdue: false,
  placedAt: 0,
  totalCents: 0,
  lines: 1,
  pieces: 1,
  produced: 0,
})
const pageOf = (...rows: OrderRow[]): OrderPage => ({ rows, total: rows.length, more: false })

/** A server that answers with what stands here, and notes when it was asked. */
function serverWith(page: OrderPage) {
  const server = { page, asked: [] as number[], held: undefined as Promise<void> | undefined, fails: false }
  const ask: Ask = async ({ shown }) => {
    server.asked.push(performance.now())
    const { page } = server
    await server.held
    if (server.fails) throw new Error('The line was cut.')
    return { page, shown: page.rows.filter(({ id }) => shown.includes(id)) }
  }
  return { server, ask }
}

test('rows on screen follow in their places, and what is new is offered', async () => {
  const { server, ask } = serverWith(pageOf(row('c'), row('b', 1), row('a')))
  const listing = new Listing(everyOrder, pageOf(row('b'), row('a')))
  listing.connect(ask)
  await settled()
  expect(listing.listed).toMatchObject({ fresh: 1, moved: true })
  expect(listing.listed.rows.map(({ id, version }) => [id, version])).toEqual([
    ['b', 1],
    ['a', 0],
  ])
  server.page = pageOf(row('d'), row('c'), row('b', 2))
  listing.refresh()
  await settled()
  expect(listing.listed.fresh).toBe(2)
  // One that left the page stays where it is until the person asks for the page.
  expect(listing.listed.rows.map(({ id }) => id)).toEqual(['b', 'a'])
  listing.show()
  expect(listing.listed).toMatchObject({ fresh: 0, moved: false })
  expect(listing.listed.rows.map(({ id }) => id)).toEqual(['d', 'c', 'b'])
})

test('however often it changes, it asks at most twice a second, one question at a time, and once more at the end', async () => {
  const { server, ask } = serverWith(pageOf(row('a')))
  const listing = new Listing(everyOrder, pageOf(row('a')))
  listing.connect(ask)
  let version = 0
  for (const end = performance.now() + 1_300; performance.now() < end; await vi.advanceTimersByTimeAsync(10)) {
    server.page = pageOf(row('a', ++version))
    listing.refresh()
  }
  await settled()
  expect(listing.listed.rows[0]?.version).toBe(version)
  const gaps = server.asked.slice(1).map((at, nth) => at - (server.asked[nth] ?? 0))
  expect(gaps).toEqual([500, 500])
})

test('another query takes the place of one that is on its way', async () => {
  const { server, ask } = serverWith(pageOf(row('old')))
  let letGo = () => {}
  server.held = new Promise((resolve) => {
    letGo = resolve
  })
  const listing = new Listing(everyOrder, pageOf())
  listing.connect(ask)
  await settled()
  expect(server.asked).toHaveLength(1)
  const query = { ...everyOrder, search: 'new' }
  listing.look(query)
  expect(listing.listed.busy).toBe(true)
  server.page = pageOf(row('new'))
  letGo()
  await settled()
  expect(listing.listed.query).toBe(query)
  expect(listing.listed.rows.map(({ id }) => id)).toEqual(['new'])
  expect(listing.listed.busy).toBe(false)
})

test('a page of another query than is wanted is not kept waiting for', async () => {
  const { server, ask } = serverWith(pageOf(row('new')))
  const listing = new Listing(everyOrder, pageOf(row('old')))
  listing.look({ ...everyOrder, search: 'new' })
  await settled()
  const joined = performance.now()
  listing.connect(ask)
  await settled()
  expect(listing.listed.rows.map(({ id }) => id)).toEqual(['new'])
  expect(server.asked).toEqual([joined])
})

test('nothing is asked while nobody looks or the line is cut, and what has changed meanwhile is asked then', async () => {
  const { server, ask } = serverWith(pageOf(row('a', 1)))
  const listing = new Listing(everyOrder, pageOf(row('a')))
  listing.refresh()
  listing.hide(true)
  listing.connect(ask)
  await settled()
  expect(server.asked).toHaveLength(0)
  listing.hide(false)
  await settled()
  expect(listing.listed.rows[0]?.version).toBe(1)
  server.fails = true
  listing.refresh()
  await settled()
  expect(listing.listed.failure).toBeInstanceOf(Error)
  expect(listing.listed.rows).toHaveLength(1)
  listing.connect(undefined)
  server.fails = false
  listing.connect(ask)
  await settled()
  expect(listing.listed.failure).toBeUndefined()
})
