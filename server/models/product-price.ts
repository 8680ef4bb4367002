import { container } from '#server/container'
import type { Transaction } from '#server/db/transaction'
import { highestPrice } from '#server/models/order-place'

export interface PricedProduct {
  id: string
  sku: string
  name: string
  priceCents: number
  stock: number
  version: number
}

/** After which product the next one comes; in the order of their numbers. */
export function nextProduct(after: string | null): Promise<PricedProduct | null> {
  return container().database.prisma.product.findFirst({
    where: after === null ? {} : { sku: { gt: after } },
    orderBy: { sku: 'asc' },
    select: { id: true, sku: true, name: true, priceCents: true, stock: true, version: true },
  })
}

export function countProducts(): Promise<number> {
  return container().database.prisma.product.count()
}

/** One page of what was ordered of a product: pieces in the 30 days before a moment, and in the 30 before those. */
export interface DemandPage {
  recent: number
  earlier: number
  /** The last line of the page; null when it was the last page. */
  next: string | null
}

/** Cancelled orders ask for nothing. `after` is the line before the page. */
export async function readDemand(
  productId: string,
  asOf: Date,
  after: string | null,
  size: number,
): Promise<DemandPage> {
  const from = after ?? '00000000-0000-0000-0000-000000000000'
  const [row] = await container().database.prisma.$queryRaw<
    { recent: number; earlier: number; last: string | null; count: number }[]
  >`
    WITH page AS (
      SELECT id, order_id, quantity FROM order_line
      WHERE product_id = ${productId}::uuid AND id > ${from}::uuid ORDER BY id LIMIT ${size}
    )
    SELECT
      coalesce(sum(quantity) FILTER (WHERE state <> 'cancelled' AND placed_at > ${asOf}::timestamptz - interval '30 days'
        AND placed_at <= ${asOf}), 0)::int AS recent,
      coalesce(sum(quantity) FILTER (WHERE state <> 'cancelled' AND placed_at > ${asOf}::timestamptz - interval '60 days'
        AND placed_at <= ${asOf}::timestamptz - interval '30 days'), 0)::int AS earlier,
      max(page.id::text) AS last, count(*)::int AS count
    FROM page JOIN work_order ON work_order.id = page.order_id`
  const { recent = 0, earlier = 0, last = null, count = 0 } = row ?? {}
  return { recent, earlier, next: count < size ? null : last }
}

/**
 * Changes a price if it is still the one that was read; answers whether it was. Orders keep what was agreed. Never
 * below a cent or above what an order can hold.
 */
export async function changePrice(
  tx: Transaction,
  { id, version }: Pick<PricedProduct, 'id' | 'version'>,
  priceCents: number,
): Promise<boolean> {
  const { count } = await tx.product.updateMany({
    where: { id, version },
    data: { priceCents: clampPrice(priceCents), version: { increment: 1 } },
  })
  return count === 1
}

export function clampPrice(cents: number): number {
  return Math.min(highestPrice, Math.max(1, Math.round(cents)))
}

/** Gives products the prices they had, those alone that nobody has changed since. Resolves with how many. */
export async function restorePrices(
  tx: Transaction,
  changed: { id: string; before: number; version: number }[],
): Promise<number> {
  const rows = changed.map(({ id, before, version }) => ({ id, before, version }))
  return tx.$executeRaw`
    UPDATE product SET price_cents = given.before, version = product.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, before int, version int)
    WHERE product.id = given.id AND product.version = given.version`
}
