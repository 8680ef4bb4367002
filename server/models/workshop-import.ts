import { randomUUID } from 'node:crypto'
import type { OrderState } from '#channels/orders'
import type { ProductLine } from '#channels/product'
import { container } from '#server/container'
import { takeNumbers } from '#server/models/number-series'
import { Random } from '#server/random'

export interface SampleProduct {
  sku: string
  name: string
  line: ProductLine
  priceCents: number
  weightGrams: number
  minimum: number
}

export interface SampleCustomer {
  number: number
  name: string
  city: string
  sites: { name: string; east: number; north: number }[]
}

interface Workshop {
  products: SampleProduct[]
  customers: SampleCustomer[]
  /** How many orders it has had. */
  orders: number
}

const minute = 60_000
const day = 24 * 60 * minute
/** For as many orders as the setting allows. */
const importWithin = 5 * minute
/** Where the walk through the customers' orders begins: the same workshop every time. */
const seed = 4711

/**
 * Fills an empty workshop with what it makes, for whom, and the orders of the last weeks, a good part of them of the
 * last hour. Nobody is told, so it is done before anyone can have joined. One that has products stays as it is.
 */
export async function importWorkshop({ products, customers, orders }: Workshop): Promise<void> {
  const { prisma } = container().database
  if ((await prisma.product.count()) > 0) return
  const random = new Random(seed)
  const made = products.map((product) => ({
    ...product,
    id: randomUUID(),
    // One in eight is short.
    stock: Math.round(product.minimum * (random.next() < 0.125 ? random.next() : 1 + random.next() * 3)),
  }))
  const known = customers.map((customer) => ({
    ...customer,
    id: randomUUID(),
    sites: customer.sites.map((site) => ({ ...site, id: randomUUID() })),
  }))
  const numbers = await takeNumbers('order', orders)
  await prisma.$transaction(
    async (tx) => {
      await tx.product.createMany({ data: made })
      await tx.customer.createMany({ data: known.map(({ sites: _, ...customer }) => customer) })
      await tx.customerSite.createMany({
        data: known.flatMap(({ id: customerId, sites }) => sites.map((site) => ({ ...site, customerId }))),
      })
      const past = [...pastOrders(random, orders, made, known)].map((order, nth) => ({
        ...order,
        number: numbers[nth] ?? '',
      }))
      for (let from = 0; from < past.length; from += 500) await insertOrders(tx, past.slice(from, from + 500))
    },
    { timeout: importWithin },
  )
}

interface PastLine {
  id: string
  orderId: string
  position: number
  productId: string
  siteId: string
  quantity: number
  priceCents: number
  produced: number
  /** When its pieces were made, where that is known. */
  producedAt: Date | null
}

interface PastOrder {
  id: string
  customerId: string
  state: OrderState
  priority: 'low' | 'normal' | 'high'
  reference: string
  dueOn: string
  placedAt: Date
  doneAt: Date | null
  totalCents: number
  lines: PastLine[]
}

type Made = SampleProduct & { id: string }
type Known = { id: string; number: number; sites: { id: string }[] }

/** Oldest first: most over the last 45 days, ever more of them lately, and a hundredth within the last hour. */
function* pastOrders(random: Random, count: number, products: Made[], customers: Known[]): Generator<PastOrder> {
  const now = Date.now()
  const ages = Array.from({ length: count }, (_, nth) =>
    nth % 100 === 0 ? random.next() * 60 * minute : 60 * minute + random.next() ** 1.4 * 45 * day,
  ).sort((one, other) => other - one)
  for (const [nth, age] of ages.entries()) {
    const customer = random.pick(customers)
    const id = randomUUID()
    const placedAt = new Date(now - age)
    const state = stateAfter(age / day, random.next())
    const doneAt = state === 'done' ? new Date(Math.min(now, placedAt.getTime() + (1 + random.next() * 9) * day)) : null
    const size = nth % 50 === 0 ? random.between(24, 36) : random.between(1, 7)
    const lines = Array.from({ length: size }, (_, place): PastLine => {
      const product = random.pick(products)
      const quantity = random.between(1, 12) * (product.priceCents > 3_000 ? 1 : 10)
      const produced = state === 'done' ? quantity : state === 'producing' ? random.between(0, quantity) : 0
      // What is being produced was begun within the last day.
      const producedAt =
        produced > 0 && state === 'producing' ? new Date(now - random.next() ** 3 * Math.min(age, day)) : null
      const { id: siteId } = random.pick(customer.sites)
      const { id: productId, priceCents } = product
      return {
        id: randomUUID(),
        orderId: id,
        position: place + 1,
        productId,
        siteId,
        quantity,
        priceCents,
        produced,
        producedAt,
      }
    })
    yield {
      id,
      customerId: customer.id,
      state,
      priority: random.next() < 0.1 ? 'high' : random.next() < 0.15 ? 'low' : 'normal',
      reference: `${customer.number}-${nth + 1}`,
      dueOn: new Date(placedAt.getTime() + random.between(7, 28) * day).toISOString().slice(0, 10),
      placedAt,
      doneAt,
      totalCents: lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0),
      lines,
    }
  }
}

/** The older, the likelier it is done. */
function stateAfter(days: number, chance: number): OrderState {
  if (chance < 0.02) return 'cancelled'
  if (days > 10 || chance < (days - 1) / 10) return 'done'
  return days > 0.5 && chance < 0.75 ? 'producing' : 'open'
}

type Client = Pick<ReturnType<typeof container>['database']['prisma'], '$executeRaw'>

async function insertOrders(tx: Client, orders: (PastOrder & { number: string })[]): Promise<void> {
  const rows = orders.map(({ lines: _, ...order }) => order)
  await tx.$executeRaw`
    INSERT INTO work_order (id, number, customer_id, state, priority, reference, due_on, placed_at, done_at, total_cents)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, number text, "customerId" uuid,
      state order_state, priority order_priority, reference text, "dueOn" date, "placedAt" timestamptz,
      "doneAt" timestamptz, "totalCents" int)`
  const lines = JSON.stringify(orders.flatMap(({ lines }) => lines))
  await tx.$executeRaw`
    INSERT INTO order_line (id, order_id, position, product_id, site_id, quantity, price_cents, produced)
    SELECT * FROM jsonb_to_recordset(${lines}::jsonb) AS given(id uuid, "orderId" uuid, position int,
      "productId" uuid, "siteId" uuid, quantity int, "priceCents" int, produced int)`
  await tx.$executeRaw`
    INSERT INTO production (id, at, product_id, line_id, quantity)
    SELECT gen_random_uuid(), "producedAt", "productId", id, produced
    FROM jsonb_to_recordset(${lines}::jsonb) AS given(id uuid, "productId" uuid, produced int, "producedAt" timestamptz)
    WHERE "producedAt" IS NOT NULL`
}
