import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OrderState } from '#channels/orders'
import { transaction } from '#server/db/transaction'
import { addLine } from './order-line'
import { type Advance, advanceOrder, advanceOrders } from './order-progress'
import { readOrder } from './order-row'
import { saveField } from './order-save'
import { openTestWorkshop, type TestWorkshop } from './test-orders'

let shop: TestWorkshop
let id: string
let lines: { id: string; quantity: number }[]
let stock: number
beforeAll(async () => {
  shop = await openTestWorkshop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  id = await shop.place()
  lines = (await readOrder(id)).order.lines
  stock = await stockNow()
})

const stockNow = async () => (await shop.prisma.product.findUniqueOrThrow({ where: { id: shop.first.id } })).stock
const stateNow = async (which = id) => (await readOrder(which)).order.state
const advance = (change: Partial<Advance>) => transaction((tx) => advanceOrder(tx, { orderId: id, ...change }))
const become = async (name: string, value: OrderState) => {
  const { fields } = await readOrder(id)
  return saveField(shop.person(name), id, { field: 'state', value, version: fields.state?.version ?? 0 })
}
const lineId = (nth: number) => lines[nth]?.id ?? ''

test.each<[OrderState[], OrderState]>([
  [[], 'done'],
  [['cancelled'], 'producing'],
  [['producing', 'done'], 'cancelled'],
])('after %j it cannot become %s', async (before, state) => {
  for (const one of before) await become('ada', one)
  await expect(advance({ state })).rejects.toMatchObject({ code: 'conflict' })
  await expect(become('ada', state)).rejects.toMatchObject({ code: 'conflict' })
  expect(await stateNow()).toBe(before.at(-1) ?? 'open')
})

test('there must be such an order, and a closed one takes neither pieces nor changes', async () => {
  await expect(advance({ orderId: randomUUID(), state: 'producing' })).rejects.toMatchObject({ code: 'not-found' })
  await become('ben', 'cancelled')
  const conflict = { code: 'conflict', message: 'The order is cancelled. An admin can reopen it.' }
  await expect(advance({ produced: [{ lineId: lineId(0), produced: 1 }] })).rejects.toMatchObject({ code: 'conflict' })
  await expect(saveField(shop.person('ada'), id, { field: 'note', value: 'x', version: 0 })).rejects.toMatchObject(
    conflict,
  )
  const line = { id: randomUUID(), productId: shop.first.id, siteId: shop.site(0), quantity: 1 }
  await expect(addLine(shop.person('ada'), id, line)).rejects.toMatchObject(conflict)
})

test('only an admin reopens what is done or cancelled', async () => {
  await become('ben', 'cancelled')
  await expect(become('ben', 'open')).rejects.toMatchObject({ code: 'forbidden', message: /^Only an admin/ })
  await become('ada', 'open')
  expect(await stateNow()).toBe('open')
})

test('done takes the pieces out of stock once, by whichever door and however often it is said; reopened, they are back', async () => {
  await advance({ state: 'producing' })
  await Promise.allSettled([advance({ state: 'done' }), become('ben', 'done'), advance({ state: 'done' })])
  expect(await stateNow()).toBe('done')
  expect(await stockNow()).toBe(stock - 10)
  expect((await readOrder(id)).order.doneAt).toBeGreaterThan(Date.now() - 60_000)
  await become('ada', 'producing')
  expect(await stockNow()).toBe(stock)
  expect((await readOrder(id)).order.doneAt).toBeNull()
  await advance({ state: 'done' })
  expect(await stockNow()).toBe(stock - 10)
})

test('pieces count up to what is asked for, never down, and the same again is no change', async () => {
  await advance({
    produced: [
      { lineId: lineId(0), produced: 4 },
      { lineId: lineId(1), produced: 99 },
    ],
  })
  await advance({ produced: [{ lineId: lineId(0), produced: 3 }] })
  const { order, history } = await readOrder(id)
  expect(order.lines.map(({ produced }) => produced)).toEqual([4, 5])
  expect(order.version).toBe(1)
  expect(history).toEqual([])
})

test('of many, those that can take their step do, by few statements, and the others are passed over', async () => {
  const others = await Promise.all([shop.place(), shop.place(), shop.place()])
  const [first = '', second = '', third = ''] = others
  await transaction((tx) => advanceOrder(tx, { orderId: third, state: 'cancelled' }, shop.person('ben')))
  const changed = await transaction((tx) =>
    advanceOrders(tx, [
      { orderId: id, produced: [{ lineId: lineId(0), produced: 10 }], state: 'producing' },
      { orderId: first, state: 'producing' },
      { orderId: second, state: 'done' },
      { orderId: third, produced: [], state: 'producing' },
      { orderId: randomUUID(), state: 'producing' },
    ]),
  )
  expect(changed.sort()).toEqual([id, first].sort())
  expect(await Promise.all([id, ...others].map(stateNow))).toEqual(['producing', 'producing', 'open', 'cancelled'])
  expect((await readOrder(first)).history).toMatchObject([
    { field: 'state', before: 'open', after: 'producing', by: null },
  ])
  expect((await readOrder(third)).history).toMatchObject([{ by: { name: 'ben' } }])
})
