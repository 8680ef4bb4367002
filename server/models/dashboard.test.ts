import { randomInt, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Figures, figures, output, type Scope, sales, scope, stock } from '#channels/dashboard'
import { orderState } from '#channels/orders'
import { productLine } from '#channels/product'
import type { openTestContainer } from '#server/auth/test-container'
import { sizes } from '#server/test-sizes'
import { eventually } from '#server/test-wait'
import { Workshop } from './dashboard'

const minute = 60_000
const day = 24 * 60 * minute

/** Orders of the last two and a half days, many of them of the last hour, with one to three positions each. */
const drawn = fc.record({
  products: fc.array(fc.record({ line: fc.nat(5), stock: fc.integer({ min: -50, max: 300 }), minimum: fc.nat(200) }), {
    minLength: 1,
    maxLength: 12,
  }),
  orders: fc.array(
    fc.record({
      age: fc.oneof(fc.integer({ min: 1_000, max: 60 * minute }), fc.integer({ min: 1_000, max: 2.5 * day })),
      due: fc.integer({ min: -2, max: 2 }),
      state: fc.constantFrom(...orderState.options),
      positions: fc.array(fc.record({ product: fc.nat(99), quantity: fc.integer({ min: 1, max: 90 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { minLength: 8, maxLength: 24, size: 'max' },
  ),
  made: fc.array(
    fc.record({
      age: fc.integer({ min: 1_000, max: 80 * minute }),
      product: fc.nat(99),
      quantity: fc.integer({ min: 1, max: 50 }),
    }),
    {
      maxLength: 30,
    },
  ),
})
type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never
const seed = Number(process.env.SEED ?? randomInt(2 ** 31))

describe.each(sizes)('$size', ({ open }) => {
  let running: Awaited<ReturnType<typeof openTestContainer>>
  beforeAll(async () => {
    process.stdout.write(`dashboard: SEED=${seed}\n`)
    running = await open()
  })
  afterAll(() => running.close())

  async function fill({ products, orders, made }: Drawn): Promise<void> {
    const { prisma } = running
    await prisma.production.deleteMany()
    await prisma.workOrder.deleteMany()
    await prisma.product.deleteMany()
    await prisma.customer.deleteMany()
    const { sites } = await prisma.customer.create({
      data: { number: 1, name: 'Voss', city: 'Nauen', sites: { create: { name: 'Works', east: 0, north: 0 } } },
      select: { sites: { select: { id: true, customerId: true } } },
    })
    const [site] = sites
    if (!site) throw new Error('The customer has no site.')
    const known = products.map(({ line, ...levels }, nth) => ({
      id: randomUUID(),
      sku: `P-${String(nth).padStart(2, '0')}`,
      name: `Product ${nth}`,
      line: productLine.options[line] ?? 'cases',
      priceCents: 100 + nth,
      weightGrams: 1,
      ...levels,
    }))
    const productOf = (nth: number) => known[nth % known.length]?.id ?? ''
    await prisma.product.createMany({ data: known })
    const now = Date.now()
    for (const [nth, { age, due, state, positions }] of orders.entries()) {
      const lines = positions.map(({ product, quantity }, place) => ({
        position: place + 1,
        productId: productOf(product),
        siteId: site.id,
        quantity,
        priceCents: 7 + place,
      }))
      await prisma.workOrder.create({
        data: {
          number: `T-${nth}`,
          customerId: site.customerId,
          state,
          dueOn: new Date(now + due * day),
          placedAt: new Date(now - age),
          totalCents: lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0),
          lines: { create: lines },
        },
      })
    }
    await prisma.production.createMany({
      data: made.map(({ age, product, quantity }) => ({
        at: new Date(now - age),
        productId: productOf(product),
        quantity,
      })),
    })
  }

  /** The same figures, row by row, from all there is. */
  async function naive(of: Scope, { at }: Figures) {
    const { prisma } = running
    const lines = { select: { quantity: true, priceCents: true, product: { select: { line: true } } } }
    const orders = await prisma.workOrder.findMany({ include: { lines } })
    const made = await prisma.production.findMany({ include: { product: true } })
    const products = (await prisma.product.findMany()).filter(({ line }) => of === 'all' || line === of)
    const mine = orders.flatMap(({ lines, ...order }) => {
      const own = lines.filter(({ product }) => of === 'all' || product.line === of)
      return own.length > 0
        ? [{ ...order, cents: own.reduce((sum, one) => sum + one.quantity * one.priceCents, 0) }]
        : []
    })
    const placed = mine.filter(({ state }) => state !== 'cancelled')
    const between = (from: Date | number, to: Date | number) =>
      placed.filter(({ placedAt }) => placedAt.getTime() >= Number(from) && placedAt.getTime() < Number(to))
    const count = (some: { cents: number }[]) => some.length
    const cents = (some: { cents: number }[]) => some.reduce((sum, one) => sum + one.cents, 0)
    const begin = (days: number) =>
      new Date(new Date(at).getFullYear(), new Date(at).getMonth(), new Date(at).getDate() + days)
    const thisMinute = at - (at % minute)
    const yesterday = new Date(at)
    yesterday.setDate(yesterday.getDate() - 1)
    const today = between(begin(0), thisMinute + minute)
    const before = between(begin(-1), yesterday.getTime() - (yesterday.getTime() % minute) + minute)
    const waiting = mine.filter(({ state }) => state === 'open' || state === 'producing')
    const date = `${new Date(at).getFullYear()}-${String(new Date(at).getMonth() + 1).padStart(2, '0')}-${String(new Date(at).getDate()).padStart(2, '0')}`
    const pieces = (line: Scope, from: number, to: number) =>
      made
        .filter(
          ({ product, at }) => (line === 'all' || product.line === line) && at.getTime() >= from && at.getTime() < to,
        )
        .reduce((sum, { quantity }) => sum + quantity, 0)
    const hour = thisMinute - 59 * minute
    const bars = thisMinute - (thisMinute % (5 * minute)) - 55 * minute
    const short = products.filter(({ stock, minimum }) => stock < minimum)
    const sum = (line: string, what: 'stock' | 'minimum') =>
      products.filter((one) => one.line === line).reduce((total, one) => total + one[what], 0)
    return {
      orders: { today: count(today), before: count(before) },
      revenue: { today: cents(today), before: cents(before) },
      backlog: {
        open: waiting.filter(({ state }) => state === 'open').length,
        producing: waiting.filter(({ state }) => state === 'producing').length,
        overdue: waiting.filter(({ dueOn }) => dueOn.toISOString().slice(0, 10) < date).length,
      },
      rate: pieces(of, thisMinute - 9 * minute, thisMinute + minute) * 6,
      short: { count: short.length, products: products.length },
      sold: {
        from: hour,
        orders: Array.from({ length: 60 }, (_, nth) => count(between(hour + nth * minute, hour + (nth + 1) * minute))),
        cents: Array.from({ length: 60 }, (_, nth) => cents(between(hour + nth * minute, hour + (nth + 1) * minute))),
      },
      made: productLine.options
        .filter((line) => of === 'all' || of === line)
        .map((line) => ({
          line,
          pieces: Array.from({ length: 12 }, (_, nth) =>
            pieces(line, bars + nth * 5 * minute, bars + (nth + 1) * 5 * minute),
          ),
        })),
      levels:
        of === 'all'
          ? productLine.options.flatMap((line) =>
              products.some((one) => one.line === line)
                ? [{ stock: sum(line, 'stock'), minimum: sum(line, 'minimum'), line }]
                : [],
            )
          : products
              .map(({ sku, name, stock, minimum }) => ({ sku, name, stock, minimum }))
              .sort((a, b) => (a.sku < b.sku ? -1 : 1)),
    }
  }

  async function expectAgreement(workshop: Workshop): Promise<void> {
    for (const of of scope.options) {
      const { measured, sold, made, stocked } = workshop.of(of)
      const { orders, revenue, backlog, rate, short, ...charts } = await naive(of, figures.parse(measured))
      expect(measured, of).toMatchObject({ orders, revenue, backlog, rate, short })
      expect(sales.parse(sold), of).toEqual(charts.sold)
      expect(output.parse(made).lines, of).toEqual(charts.made)
      expect(stock.parse(stocked).levels, of).toEqual(charts.levels)
    }
  }

  test('all figures, of the workshop and of each line, are those of the rows', async () => {
    const property = fc.asyncProperty(drawn, async (rows) => {
      await fill(rows)
      const workshop = new Workshop()
      await workshop.measure()
      await expectAgreement(workshop)
    })
    await fc.assert(property, { seed, numRuns: 4, endOnFailure: true, includeErrorInReport: true })
  }, 60_000)

  test('what was cancelled, begun, done and deleted meanwhile is seen', async () => {
    const property = fc.asyncProperty(drawn, fc.infiniteStream(fc.nat(4)), async (rows, choices) => {
      await fill(rows)
      const workshop = new Workshop()
      await workshop.measure()
      for (const { id } of await running.prisma.workOrder.findMany({ select: { id: true } })) {
        const state = orderState.options[choices.next().value ?? 0]
        if (state) await running.prisma.workOrder.update({ where: { id }, data: { state } })
        else await running.prisma.workOrder.delete({ where: { id } })
      }
      // On a machine that is busy, what is open may have to wait for its turn.
      await eventually(async () => {
        await workshop.measure()
        await expectAgreement(workshop)
      })
    })
    await fc.assert(property, { seed, numRuns: 2, endOnFailure: true, includeErrorInReport: true })
  }, 60_000)

  test('the worst of what is short comes first, five at most', async () => {
    await fill({ products: [], orders: [], made: [] })
    await running.prisma.product.createMany({
      data: [90, 10, -5, 50, 30, 20, 100].map((stock, nth) => ({
        sku: `W-${nth}`,
        name: `W ${nth}`,
        line: 'rails' as const,
        priceCents: 1,
        weightGrams: 1,
        stock,
        minimum: 100,
      })),
    })
    const workshop = new Workshop()
    await workshop.measure()
    const { short } = workshop.of('all').measured
    expect(short).toMatchObject({ count: 6, products: 7 })
    expect(short.worst.map(({ stock }) => stock)).toEqual([-5, 10, 20, 30, 50])
    expect(workshop.of('cases').measured.short).toEqual({ count: 0, products: 0, worst: [] })
  })
})
