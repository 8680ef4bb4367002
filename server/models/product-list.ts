import type { Product } from '#channels/product'
import { container } from '#server/container'

/** What the workshop makes, by its number, at today's prices. */
export function listProducts(): Promise<Product[]> {
  const select = { id: true, sku: true, name: true, line: true, priceCents: true }
  return container().database.prisma.product.findMany({ select, orderBy: { sku: 'asc' } })
}
