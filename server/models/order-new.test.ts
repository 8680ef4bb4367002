import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewOrder } from '#channels/orders'
import { addLine, removeLine } from './order-line'
import { placeOrder, readChoices } from './order-new'
import { readOrder } from './order-row'
import { saveField } from './order-save'
import { undoChange } from './order-undo'
import { openTestWorkshop, type TestWorkshop } from './test-orders'

let shop: TestWorkshop
beforeAll(async () => {
  shop = await openTestWorkshop()
})
afterAll(() => shop.close())

const wish = (change: Partial<NewOrder> = {}): NewOrder => ({
  id: randomUUID(),
  customerId: shop.customer.id,
  siteId: shop.site(0),
  priority: 'high',
  dueOn: '2026-12-24',
  reference: '',
  contact: ' Ms Ebert ',
  note: '',
  lines: [
    { productId: shop.first.id, quantity: 3 },
    { productId: shop.first.id, quantity: 2 },
  ],
  ...change,
})
const next = async () => (await shop.prisma.numberSeries.findUniqueOrThrow({ where: { key: 'order' } })).next

test('what cannot be ordered is refused, and costs no number', async () => {
  const before = await next()
  await placeOrder(wish({ reference: 'P-1' }))
  const lines = (quantity: number) => [{ productId: shop.first.id, quantity }]
  const refusals: [Partial<NewOrder>, string][] = [
    [{ lines: [] }, 'invalid'],
    [{ lines: lines(0) }, 'invalid'],
    [{ lines: Array.from({ length: 51 }, () => lines(1)).flat() }, 'invalid'],
    [{ dueOn: 'soon' }, 'invalid'],
    [{ reference: 'P-1' }, 'invalid'],
    [{ customerId: randomUUID() }, 'not-found'],
    [{ siteId: shop.other.sites[0]?.id ?? '' }, 'not-found'],
    [{ lines: [{ productId: randomUUID(), quantity: 1 }] }, 'not-found'],
  ]
  for (const [change, code] of refusals) await expect(placeOrder(wish(change))).rejects.toMatchObject({ code })
  expect(await next()).toBe(before + 1)
})

test('an order is placed once, however often it is asked for, also at once', async () => {
  const order = wish({ reference: 'P-2' })
  const answers = await Promise.all([placeOrder(order), placeOrder(order), placeOrder(order)])
  expect(await placeOrder(order)).toEqual(answers[0])
  expect(new Set(answers.map(({ number }) => number)).size).toBe(1)
  const { order: placed } = await readOrder(order.id)
  expect(placed).toMatchObject({ ...answers[0], contact: 'Ms Ebert', reference: 'P-2', state: 'open', version: 0 })
  expect(placed.lines.map(({ quantity, siteId }) => [quantity, siteId])).toEqual([
    [3, shop.site(0)],
    [2, shop.site(0)],
  ])
  expect(placed.totalCents).toBe(5 * shop.first.priceCents)
})

test('placed again with other content it is a conflict that names the order, and changes and costs nothing', async () => {
  const order = wish({ reference: 'P-3', note: 'By the back door' })
  const placed = await placeOrder(order)
  const before = [await next(), await readOrder(order.id)]
  const [first] = order.lines
  const others: Partial<NewOrder>[] = [
    { customerId: shop.other.id, siteId: shop.other.sites[0]?.id ?? '' },
    { siteId: shop.site(1) },
    { priority: 'low' },
    { dueOn: '2026-12-25' },
    { reference: 'P-4' },
    { contact: 'Mr Noll' },
    { note: '' },
    { lines: order.lines.toReversed() },
    { lines: order.lines.slice(1) },
    { lines: first ? [...order.lines, first] : [] },
  ]
  for (const change of others) {
    await expect(placeOrder({ ...order, ...change })).rejects.toMatchObject({
      code: 'conflict',
      message: `Order ${placed.number} was placed already, as it was first asked for.`,
      details: { theirs: placed },
    })
  }
  expect([await next(), await readOrder(order.id)]).toEqual(before)
  expect(await placeOrder({ ...order, contact: 'Ms Ebert  ' })).toEqual(placed)
})

test('of two at once with one id and other content one is placed, also for other customers', async () => {
  for (let round = 0; round < 3; round++) {
    const order = wish({ reference: `Q-${round}` })
    const other = { ...order, customerId: shop.other.id, siteId: shop.other.sites[0]?.id ?? '' }
    const answers = await Promise.allSettled([order, other, { ...order, note: 'Other' }].map(placeOrder))
    const [placed, ...more] = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(more).toEqual([])
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    for (const reason of refused) expect(reason).toMatchObject({ code: 'conflict', details: { theirs: placed } })
    expect(await shop.prisma.workOrder.count({ where: { number: placed?.number } })).toBe(1)
  }
})

test('placed again as it was first asked for it is the same order, whatever was done to it since', async () => {
  const [ada, ben] = [shop.person('ada'), shop.person('ben')]
  const order = wish({ reference: 'P-5' })
  const placed = await placeOrder(order)
  const { lines } = (await readOrder(order.id)).order
  const [one = '', two = ''] = lines.map(({ id }) => id)
  await saveField(ada, order.id, { field: 'contact', value: 'Mr Noll', version: 0 })
  await saveField(ben, order.id, { field: 'reference', value: '', version: 0 })
  await saveField(ben, order.id, { field: 'dueOn', value: '2027-01-31', version: 0 })
  await saveField(ben, order.id, { field: `line/${one}/quantity`, value: 9, version: 0 })
  const more = { id: randomUUID(), productId: shop.second.id, siteId: shop.site(1), quantity: 4 }
  await removeLine(ben, order.id, { id: one, version: 4 })
  await addLine(ada, order.id, more)
  await undoChange(ben, order.id, { version: 5 })
  await saveField(ada, order.id, { field: `line/${two}/site`, value: shop.site(1), version: 0 })
  await saveField(ada, order.id, { field: 'state', value: 'cancelled', version: 0 })
  const { order: changed } = await readOrder(order.id)
  expect(changed).toMatchObject({ version: 9, state: 'cancelled', contact: 'Mr Noll', reference: null })
  expect(await placeOrder(order)).toEqual(placed)
  const now = { contact: changed.contact, dueOn: changed.dueOn, reference: '' }
  await expect(placeOrder({ ...order, ...now })).rejects.toMatchObject({ code: 'conflict' })
})

test('an id in capitals is the same id', async () => {
  const order = wish()
  const placed = await placeOrder({ ...order, id: order.id.toUpperCase() })
  expect(placed.id).toBe(order.id)
  expect(await placeOrder(order)).toEqual(placed)
})

test('what can be ordered is there to choose from', async () => {
  const { customers, products } = await readChoices()
  expect(customers.find(({ id }) => id === shop.customer.id)?.sites).toHaveLength(shop.customer.sites.length)
  expect(products.find(({ id }) => id === shop.first.id)?.priceCents).toBe(shop.first.priceCents)
})
