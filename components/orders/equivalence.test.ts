import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyOrder, type OrderPage, orders, ordersRoom } from '#channels/orders'
import type { Room } from '#components/realtime/room'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Tab } from '#components/realtime/test-tab'
import type { Trial } from '#components/realtime/test-trial'
import { transaction } from '#server/db/transaction'
import { features } from '#server/features/all'
import { readChoices } from '#server/models/order-new'
import { advanceOrders } from '#server/models/order-progress'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { Listing } from './listing'
import { ordersFold } from './use-orders'

interface Operation {
  does: 'place' | 'advance'
  which: number
  quantity: number
}
const operations: fc.Arbitrary<Operation> = fc.record(
  { does: fc.constantFrom('place', 'advance', 'advance'), which: fc.nat(40), quantity: fc.integer({ min: 1, max: 9 }) },
  { noNullPrototype: true },
)
const nothing: OrderPage = { rows: [], total: 0, more: false }
const followed = new WeakMap<Room<typeof orders>, Listing>()
const placed: string[] = []

/** What the screen does with a room: asks when something has changed, and after each join. */
function follow(tab: Tab<typeof orders>): Listing {
  const room = tab.room(ordersRoom)
  const found = followed.get(room)
  if (found) return found
  const listing = new Listing(everyOrder, nothing)
  followed.set(room, listing)
  room.watch(({ push }) => push === 'changed' && listing.refresh())
  let joined = false
  const look = () => {
    if (joined === (room.snapshot.status === 'joined')) return
    joined = !joined
    listing.connect(joined ? (asked) => room.call('page', asked) : undefined)
  }
  room.subscribe(look)
  look()
  return listing
}

/** Ada and Ben place orders and look at the list, while the workshop brings orders on. */
const trial: Trial<typeof orders, Operation> = {
  channel: orders,
  fold: ordersFold,
  people: ['ada', 'ben'],
  rooms: () => [ordersRoom],
  operations,
  async operate(tab, { does, which, quantity }) {
    follow(tab)
    const room = tab.room(ordersRoom)
    if (does === 'advance') {
      const orderId = placed[which % placed.length]
      if (orderId) await transaction((tx) => advanceOrders(tx, [{ orderId, state: which % 2 ? 'producing' : 'open' }]))
      return []
    }
    const { customers, products } = await readChoices()
    const customer = customers[which]
    const id = crypto.randomUUID()
    await room.call('place', {
      id,
      customerId: customer?.id ?? '',
      siteId: customer?.sites[0]?.id ?? '',
      priority: 'normal',
      dueOn: '2027-01-31',
      reference: '',
      contact: '',
      note: '',
      lines: [{ productId: products[which]?.id ?? '', quantity }],
    })
    placed.push(id)
    return []
  },
  async settle(tab) {
    const listing = follow(tab)
    await eventually(async () => {
      const shown = listing.listed.rows.map(({ id }) => id)
      const afresh = await tab.room(ordersRoom).call('page', { query: everyOrder, shown })
      expect(listing.listed.page).toEqual(afresh.page)
      expect(listing.listed.rows).toEqual(afresh.shown)
    })
  },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every list comes to show the page that is loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
