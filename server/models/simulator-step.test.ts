import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleCustomers, sampleProducts } from '#prisma/sample-workshop'
import { firstSeries } from '#prisma/series'
import { openTestContainer } from '#server/auth/test-container'
import { createSeries } from '#server/models/number-series'
import { importWorkshop } from '#server/models/workshop-import'
import { Random } from '#server/random'
import { type Catalogue, drawArrivals, drawOrders, readCatalogue } from './simulator-orders'
import { freeSimulator, simulate, takeSimulator } from './simulator-step'

let running: Awaited<ReturnType<typeof openTestContainer>>
let catalogue: Catalogue
const since = Date.now()
const run = {
  by: { id: '0190b6f0-0000-7000-8000-000000000001', name: 'ada' },
  since,
  until: since + 60_000,
  speed: 600,
}

beforeAll(async () => {
  running = await openTestContainer()
  await createSeries(firstSeries)
  await importWorkshop({ products: sampleProducts, customers: sampleCustomers, orders: 100 })
  catalogue = await readCatalogue()
})
afterAll(() => running.close())

const everything = () =>
  running.prisma.workOrder.findMany({
    include: { lines: { include: { site: true, product: true, production: true }, orderBy: { position: 'asc' } } },
    orderBy: { number: 'asc' },
  })

test('whose lock was lost changes nothing', async () => {
  const token = (await takeSimulator()) ?? ''
  expect(await takeSimulator()).toBeNull()
  await freeSimulator(token)
  const before = await everything()
  expect(await simulate(token, run, catalogue, { now: since, seconds: 1 })).toBe(false)
  expect(await everything()).toEqual(before)
})

test('what a minute at full speed leaves behind hangs together', async () => {
  const token = (await takeSimulator()) ?? ''
  const before = await everything()
  const known = new Map(before.map((order) => [order.id, order]))
  const stockBefore = new Map((await running.prisma.product.findMany()).map(({ id, stock }) => [id, stock]))
  const madeBefore = new Set((await running.prisma.production.findMany()).map(({ id }) => id))
  for (let second = 0; second < 12; second++) {
    expect(await simulate(token, run, catalogue, { now: since + second * 1_000, seconds: 1 })).toBe(true)
  }
  await freeSimulator(token)

  const after = await everything()
  const placed = after.filter(({ id }) => !known.has(id))
  expect(placed.length).toBeGreaterThan(60)
  expect(placed.length).toBeLessThan(180)
  for (const { lines, customerId, totalCents, placedAt, dueOn } of placed) {
    expect(lines.length).toBeGreaterThanOrEqual(1)
    expect(lines.length).toBeLessThanOrEqual(7)
    expect(lines.map(({ site }) => site.customerId)).toEqual(lines.map(() => customerId))
    expect(totalCents).toBe(lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0))
    for (const { priceCents, product } of lines) expect(priceCents).toBe(product.priceCents)
    expect(dueOn > placedAt).toBe(true)
  }

  const finished = after.filter(({ id, state }) => state === 'done' && known.get(id)?.state !== 'done')
  expect(finished.length).toBeGreaterThan(20)
  for (const { lines, doneAt } of finished) {
    expect(doneAt).not.toBeNull()
    for (const { quantity, produced } of lines) expect(produced).toBe(quantity)
  }
  // Every piece that was made of a line is noted, and is on the shelf unless its order has been taken from there.
  const made = (await running.prisma.production.findMany()).filter(({ id }) => !madeBefore.has(id))
  const gained = new Map<string, number>()
  const gain = (id: string, pieces: number) => gained.set(id, (gained.get(id) ?? 0) + pieces)
  for (const { productId, quantity } of made) gain(productId, quantity)
  for (const { lines } of finished) for (const { productId, quantity } of lines) gain(productId, -quantity)
  for (const { id, stock } of await running.prisma.product.findMany()) {
    expect(stock).toBe((stockBefore.get(id) ?? 0) + (gained.get(id) ?? 0))
  }
  const producedBefore = new Map(
    before.flatMap(({ lines }) => lines.map(({ id, produced }) => [id, produced] as const)),
  )
  for (const { id, produced } of after.flatMap(({ lines }) => lines)) {
    const noted = made.filter(({ lineId }) => lineId === id).reduce((sum, { quantity }) => sum + quantity, 0)
    expect(produced - (producedBefore.get(id) ?? 0)).toBe(noted)
  }
})

test('what is due first is begun and done first', async () => {
  const states = (
    await running.prisma.workOrder.findMany({
      where: { state: 'producing' },
      orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
    })
  )[0]
  const token = (await takeSimulator()) ?? ''
  for (let second = 20; second < 24; second++)
    await simulate(token, run, catalogue, { now: since + second * 1_000, seconds: 1 })
  await freeSimulator(token)
  expect(await running.prisma.workOrder.findUnique({ where: { id: states?.id } })).toMatchObject({ state: 'done' })
})

test('the same second draws the same orders, another one others', () => {
  const draw = (seed: number) => drawOrders(new Random(seed), catalogue, ['A', 'B', 'C'], since)
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
  expect(drawOrders(new Random(1), { products: [], customers: [] }, ['A'], since)).toEqual([])
})

test.each([0, 0.02, 1, 10, 30])('as many customers come as are expected: %d', (expected) => {
  const random = new Random(7)
  const drawn = Array.from({ length: 2_000 }, () => drawArrivals(random, expected))
  const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length
  expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4 * Math.sqrt(expected / drawn.length))
})
