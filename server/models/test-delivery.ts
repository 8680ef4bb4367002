import { randomUUID } from 'node:crypto'
import { container } from '#server/container'
import { Random } from '#server/random'

/** For tests: an order of so many lines for three sites, on whichever database; by the same numbers every time. */
export async function placeDelivery(lines = 30): Promise<string> {
  const { prisma } = container().database
  const random = new Random(lines)
  const mark = randomUUID().slice(0, 8)
  const weights = [120, 2_400, 9_500, 31_000]
  const products = await prisma.product.createManyAndReturn({
    data: weights.map((weightGrams) => ({
      ...{ sku: `${mark}-${weightGrams}`, name: `Piece of ${weightGrams} g`, line: 'frames' as const },
      ...{ priceCents: 100, weightGrams, stock: 0, minimum: 0 },
    })),
  })
  const customer = await prisma.customer.create({
    data: {
      ...{
        number: random.between(20_000, 29_999) + Math.floor(Math.random() * 1e6),
        name: `Customer ${mark}`,
        city: 'Nauen',
      },
      sites: {
        create: [
          { name: 'Main works', east: 31, north: 12 },
          { name: 'Warehouse', east: -8, north: 40 },
          { name: 'Site office', east: 22, north: -17 },
        ],
      },
    },
    include: { sites: true },
  })
  const { id } = await prisma.workOrder.create({
    data: {
      ...{
        number: `W-${mark}`,
        customerId: customer.id,
        dueOn: new Date('2026-12-24'),
        placedAt: new Date(),
        totalCents: 0,
      },
      lines: {
        create: Array.from({ length: lines }, (_, nth) => ({
          position: nth + 1,
          productId: random.pick(products).id,
          siteId: random.pick(customer.sites).id,
          quantity: random.between(1, 12),
          priceCents: 100,
        })),
      },
    },
    select: { id: true },
  })
  return id
}
