import { randomUUID } from 'node:crypto'
import type { OrderState } from '#channels/orders'
import type { Transaction } from '#server/db/transaction'
import { type Advance, advanceOrders } from '#server/models/order-progress'

/** An order that is to be worked on, with what its lines ask for and have. */
export interface Task {
  orderId: string
  state: OrderState
  lines: { lineId: string; productId: string; quantity: number; produced: number }[]
}

/** So many pieces of a product, for a line of an order or, without one, for stock. */
export interface Made {
  productId: string
  lineId: string | null
  quantity: number
}

/**
 * The orders that have waited longest, those in production first, by the day they are due. They are ours until the
 * transaction ends; those that somebody changes at this moment have their turn another time.
 */
export async function takeTasks(tx: Transaction, state: 'open' | 'producing', count: number): Promise<Task[]> {
  return tx.$queryRaw<Task[]>`
    WITH task AS MATERIALIZED (
      SELECT id, state, due_on FROM work_order WHERE state = ${state}::order_state
      ORDER BY due_on, id LIMIT ${count} FOR NO KEY UPDATE SKIP LOCKED
    )
    SELECT task.id::text AS "orderId", task.state::text, jsonb_agg(jsonb_build_object('lineId', order_line.id,
      'productId', product_id, 'quantity', quantity, 'produced', produced) ORDER BY position) AS lines
    FROM task JOIN order_line ON order_id = task.id GROUP BY task.id, task.state, due_on ORDER BY due_on, task.id`
}

/** The products that are below their minimum, those that lack most first, with how many pieces they lack. */
export async function findShort(tx: Transaction, count: number): Promise<{ productId: string; lacks: number }[]> {
  return tx.$queryRaw`
    SELECT id::text AS "productId", minimum - stock AS lacks FROM product WHERE stock < minimum
    ORDER BY stock::float8 / greatest(minimum, 1), sku LIMIT ${count}`
}

/**
 * Works on orders: of one that is open half of what it asks for is made, of one in production the rest, and then it is
 * done and its pieces leave the stock. What is made `extra` goes into stock. Everything that is made is noted.
 */
export async function produce(tx: Transaction, tasks: Task[], extra: Made[]): Promise<void> {
  const advances = tasks.map(advanceOf)
  await lockProducts(tx, [...tasks.flatMap(({ lines }) => lines), ...extra])
  const advanced = new Set(advances.length > 0 ? await advanceOrders(tx, advances) : [])
  const made = tasks.flatMap(({ orderId, lines }, nth) =>
    advanced.has(orderId)
      ? lines.map(({ lineId, productId, produced }, place) => {
          const now = advances[nth]?.produced[place]?.produced ?? produced
          return { productId, lineId, quantity: now - produced }
        })
      : [],
  )
  await stockUp(
    tx,
    [...made, ...extra].filter(({ quantity }) => quantity > 0),
  )
}

function advanceOf({ orderId, state, lines }: Task): Advance & { produced: { lineId: string; produced: number }[] } {
  const open = state === 'open'
  return {
    orderId,
    state: open ? 'producing' : 'done',
    produced: lines.map(({ lineId, quantity, produced }) => ({
      lineId,
      produced: open ? Math.max(produced, Math.ceil(quantity / 2)) : quantity,
    })),
  }
}

/**
 * After the orders, which are ours already, and all at once in the order of their ids, as by everybody who changes
 * both (server/models/order-progress.ts): so nobody waits for each other.
 */
async function lockProducts(tx: Transaction, of: { productId: string }[]): Promise<void> {
  const ids = [...new Set(of.map(({ productId }) => productId))]
  await tx.$queryRaw`SELECT id FROM product WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
}

async function stockUp(tx: Transaction, made: Made[]): Promise<void> {
  if (made.length === 0) return
  const rows = JSON.stringify(made.map((one) => ({ ...one, id: randomUUID() })))
  await tx.$executeRaw`
    WITH made AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS given(id uuid, "productId" uuid, "lineId" uuid, quantity int)
    ), noted AS (
      INSERT INTO production (id, at, product_id, line_id, quantity)
      SELECT id, clock_timestamp(), "productId", "lineId", quantity FROM made
    ), total AS (
      SELECT "productId", sum(quantity)::int AS pieces FROM made GROUP BY "productId"
    )
    UPDATE product SET stock = stock + pieces FROM total WHERE product.id = "productId"`
}
