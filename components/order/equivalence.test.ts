import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { order, valueIn } from '#channels/order'
import { type Field, knownVersion } from '#channels/order-field'
import { newId } from '#components/realtime/new-id'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { features } from '#server/features/all'
import { placeOrder, readChoices } from '#server/models/order-new'
import { advanceOrders } from '#server/models/order-progress'
import { startTestServer, type TestServer } from '#server/test-server'
import { orderFold } from './order-fold'

interface Operation {
  does: 'contact' | 'dueOn' | 'reference' | 'quantity' | 'add' | 'remove' | 'undo' | 'state' | 'made'
  which: number
  value: string
  quantity: number
  stale: boolean
}
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    does: fc.constantFrom(
      'contact',
      'dueOn',
      'reference',
      'quantity',
      'quantity',
      'add',
      'remove',
      'undo',
      'state',
      'made',
    ),
    which: fc.nat(9),
    value: fc.constantFrom('one', 'two', 'three'),
    quantity: fc.integer({ min: 1, max: 9 }),
    stale: fc.boolean(),
  },
  { noNullPrototype: true },
)
const days = { one: '2027-01-01', two: '2027-02-02', three: '2027-03-03' }
const ids: string[] = []

/** Ada and Ben change one order, sometimes by what they knew a while ago, while pieces of it are made. */
const trial: Trial<typeof order, Operation> = {
  channel: order,
  fold: orderFold,
  people: ['ada', 'ben'],
  rooms: (_, run) => [ids[run] ?? ''],
  prepare: async (run) => {
    const { customers, products } = await readChoices()
    const [customer] = customers
    const id = newId()
    const lines = products.slice(0, 3).map((product) => ({ productId: product.id, quantity: 5 }))
    await placeOrder({
      id,
      customerId: customer?.id ?? '',
      siteId: customer?.sites[0]?.id ?? '',
      priority: 'normal',
      dueOn: '2026-12-24',
      reference: '',
      contact: '',
      note: '',
      lines,
    })
    ids[run] = id
  },
  operations,
  async operate(tab, { does, which, value, quantity, stale }) {
    const [visit] = tab.present
    if (!visit) return []
    const { room } = visit
    const { state } = room.snapshot
    const { lines, customer } = state.order
    const line = lines[which % lines.length]
    const known = (field: Field) => (stale ? 0 : knownVersion(state.fields, field))
    if (does === 'made') {
      const produced = lines.map(({ id }) => ({ lineId: id, produced: quantity }))
      await transaction((tx) => advanceOrders(tx, [{ orderId: room.name, produced }]))
      return []
    }
    if (does === 'add') {
      const { products } = await readChoices()
      const input = { id: newId(), productId: products[which]?.id ?? '', siteId: customer.sites[0]?.id ?? '', quantity }
      await room.call('add', input)
    } else if (does === 'remove' && line) {
      await room.call('remove', { id: line.id, version: known(`line/${line.id}`) })
    } else if (does === 'undo') {
      const own = state.history.find(({ by }) => by?.id === tab.user.id)
      if (own) await room.call('undo', { version: own.version })
    } else if (does === 'quantity' && line) {
      const field = `line/${line.id}/quantity` as const
      await room.call('save', { field, value: quantity, version: known(field) })
    } else if (does === 'state') {
      const next = valueIn(state.order, 'state') === 'open' ? 'producing' : 'open'
      await room.call('save', { field: 'state', value: next, version: known('state') })
    } else if (does === 'contact' || does === 'reference') {
      await room.call('save', { field: does, value, version: known(does) })
    } else if (does === 'dueOn') {
      await room.call('save', { field: does, value: days[value as keyof typeof days], version: known(does) })
    }
    return []
  },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
  expect(await container().database.prisma.product.count()).toBeGreaterThan(0)
})
afterAll(() => server.stop())

test('whatever happens on the way, every screen holds the order that is loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
