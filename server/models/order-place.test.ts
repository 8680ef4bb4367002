import { afterAll, beforeAll, expect, test } from 'vitest'
import { seed } from '#prisma/seed'
import { openTestContainer } from '#server/auth/test-container'
import { transaction } from '#server/db/transaction'
import { takeNumbers } from '#server/models/number-series'
import { highestPrice, mostLines, mostPieces, type NewOrder, placeOrders } from './order-place'

let running: Awaited<ReturnType<typeof openTestContainer>>
let customer: { id: string; sites: { id: string }[] }
let products: { id: string; priceCents: number }[]

beforeAll(async () => {
  running = await openTestContainer({ demoOrders: 0 })
  await seed(running.env)
  customer = await running.prisma.customer.findFirstOrThrow({ include: { sites: true } })
  products = await running.prisma.product.findMany({ take: 2, orderBy: { sku: 'asc' } })
})
afterAll(() => running.close())

const order = (number: string, reference: string | null, quantities = [2, 3]): NewOrder => ({
  number,
  reference,
  customerId: customer.id,
  priority: 'normal',
  dueOn: new Date('2026-12-24'),
  lines: quantities.map((quantity, nth) => ({
    productId: products[nth % 2]?.id ?? '',
    siteId: customer.sites[0]?.id ?? '',
    quantity,
  })),
})

test('an order has its lines in turn, at the prices of this moment', async () => {
  const [number = ''] = await takeNumbers('order', 1)
  const [id] = await transaction((tx) => placeOrders(tx, [order(number, 'A-1')]))
  const placed = await running.prisma.workOrder.findUniqueOrThrow({
    where: { id },
    include: { lines: { orderBy: { position: 'asc' } } },
  })
  const [first, second] = products
  expect(placed).toMatchObject({ number, state: 'open', reference: 'A-1', version: 0, dueOn: new Date('2026-12-24') })
  expect(placed.lines).toMatchObject([
    { position: 1, productId: first?.id, quantity: 2, priceCents: first?.priceCents },
    { position: 2, productId: second?.id, quantity: 3, priceCents: second?.priceCents },
  ])
  expect(placed.totalCents).toBe(2 * (first?.priceCents ?? 0) + 3 * (second?.priceCents ?? 0))
})

test('a reference used before is passed over, also within one batch; none is no reference', async () => {
  const numbers = await takeNumbers('order', 5)
  const references = ['B-1', 'B-1', 'B-2', null, null]
  const place = () =>
    transaction((tx) =>
      placeOrders(
        tx,
        references.map((reference, nth) => order(`${numbers[nth]}`, reference)),
      ),
    )
  expect(await place()).toHaveLength(4)
  await running.prisma.workOrder.deleteMany({ where: { reference: null } })
  expect(await place()).toHaveLength(2)
})

test('the dearest order there can be fits its column', async () => {
  await running.prisma.product.updateMany({ data: { priceCents: highestPrice } })
  const [number = ''] = await takeNumbers('order', 1)
  const largest = order(number, 'C-1', Array<number>(mostLines).fill(mostPieces))
  const [id] = await transaction((tx) => placeOrders(tx, [largest]))
  const { totalCents } = await running.prisma.workOrder.findUniqueOrThrow({ where: { id } })
  expect(totalCents).toBe(mostLines * mostPieces * highestPrice)
})
