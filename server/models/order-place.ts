import { randomUUID } from 'node:crypto'
import { type OrderPriority, orders, ordersRoom } from '#channels/orders'
import type { Transaction } from '#server/db/transaction'

export { mostLines, mostPieces } from '#channels/orders'

/** The most a piece may cost, in cents. */
export const highestPrice = 20_000

/** Checked by who asks: the ids are there, each site is the customer's own, and the limits above are kept. */
export interface NewOrder {
  /** Where whoever asks has chosen one; there must be no order of it yet. */
  id?: string
  /** From the series `order` (`takeNumbers`). */
  number: string
  customerId: string
  priority: OrderPriority
  dueOn: Date
  /** The customer's own name for it; the same customer's second order of that name is not placed. */
  reference: string | null
  contact?: string
  note?: string
  lines: { productId: string; siteId: string; quantity: number }[]
}

/**
 * Places orders at the prices of this moment, all by one statement, and tells the screens with the list. Resolves
 * with the ids of those placed: one whose reference the customer has used before is passed over.
 */
export async function placeOrders(
  tx: Transaction,
  placed: NewOrder[],
  importId: string | null = null,
): Promise<string[]> {
  const rows = placed.map(({ lines: _, id = randomUUID(), dueOn, contact = '', note = '', ...order }) => ({
    ...order,
    id,
    contact,
    note,
    dueOn: dueOn.toISOString().slice(0, 10),
  }))
  const lines = placed.flatMap(({ lines }, nth) =>
    lines.map((line, place) => ({ ...line, id: randomUUID(), orderId: rows[nth]?.id, position: place + 1 })),
  )
  const inserted = await tx.$queryRaw<{ id: string }[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(
        id uuid, number text, "customerId" uuid, reference text, priority order_priority, "dueOn" date, contact text, note text)
    ), line AS (
      SELECT given.*, product.price_cents FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS given(
        id uuid, "orderId" uuid, position int, "productId" uuid, "siteId" uuid, quantity int)
      JOIN product ON product.id = given."productId"
    ), total AS (
      SELECT "orderId", sum(quantity * price_cents)::int AS cents FROM line GROUP BY "orderId"
    ), ordered AS (
      INSERT INTO work_order (id, number, customer_id, priority, reference, contact, note, due_on, placed_at, total_cents, import_id)
      SELECT given.id, number, "customerId", priority, reference, contact, note, "dueOn", clock_timestamp(), cents, ${importId}::uuid
      FROM given JOIN total ON total."orderId" = given.id
      ON CONFLICT (customer_id, reference) DO NOTHING RETURNING id
    ), listed AS (
      INSERT INTO order_line (id, order_id, position, product_id, site_id, quantity, price_cents)
      SELECT line.id, "orderId", position, "productId", "siteId", quantity, price_cents
      FROM line JOIN ordered ON ordered.id = line."orderId"
    )
    SELECT id FROM ordered`
  const ids = inserted.map(({ id }) => id)
  if (ids.length > 0) tx.publish(orders, ordersRoom, 'changed', { ids: ids.length > 50 ? [] : ids })
  return ids
}
