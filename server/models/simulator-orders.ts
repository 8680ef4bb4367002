import { container } from '#server/container'
import type { NewOrder } from '#server/models/order-place'
import type { Random } from '#server/random'

/** What can be ordered, and who orders, in an order that is always the same. */
export interface Catalogue {
  products: { id: string; priceCents: number }[]
  customers: { id: string; sites: { id: string }[] }[]
}

const day = 24 * 60 * 60_000
const mostLines = 7

/** Those with a place that goods can be brought to. */
export async function readCatalogue(): Promise<Catalogue> {
  const { prisma } = container().database
  const [products, customers] = await Promise.all([
    prisma.product.findMany({ select: { id: true, priceCents: true }, orderBy: { sku: 'asc' } }),
    prisma.customer.findMany({
      where: { sites: { some: {} } },
      select: { id: true, sites: { select: { id: true }, orderBy: { name: 'asc' } } },
      orderBy: { number: 'asc' },
    }),
  ])
  return { products, customers }
}

/** One order for each number, as customers place them: one to seven products, to places of their own, due in weeks. */
export function drawOrders(
  random: Random,
  { products, customers }: Catalogue,
  numbers: string[],
  now: number,
): NewOrder[] {
  if (products.length === 0 || customers.length === 0) return []
  return numbers.map((number) => {
    const customer = random.pick(customers)
    return {
      number,
      customerId: customer.id,
      priority: random.next() < 0.1 ? 'high' : random.next() < 0.15 ? 'low' : 'normal',
      dueOn: new Date(now + random.between(7, 28) * day),
      reference: null,
      lines: Array.from({ length: random.between(1, mostLines) }, () => {
        const product = random.pick(products)
        return {
          productId: product.id,
          siteId: random.pick(customer.sites).id,
          quantity: random.between(1, 12) * (product.priceCents > 3_000 ? 1 : 10),
        }
      }),
    }
  })
}

/** How many customers come within a time in which so many are expected (Knuth, TAOCP 2, 3.4.1; for small numbers). */
export function drawArrivals(random: Random, expected: number): number {
  const limit = Math.exp(-expected)
  let arrivals = 0
  for (let chance = random.next(); chance > limit; chance *= random.next()) arrivals++
  return arrivals
}
