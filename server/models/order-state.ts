import type { OrderState } from '#channels/orders'
import type { Transaction } from '#server/db/transaction'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

/** Where an order may go from where it is; back from the end only by an admin. */
const next: Record<OrderState, OrderState[]> = {
  open: ['producing', 'cancelled'],
  producing: ['done', 'open', 'cancelled'],
  done: ['producing'],
  cancelled: ['open'],
}

/** Nothing but its state can be changed any more. */
export function isClosed(state: OrderState): state is 'done' | 'cancelled' {
  return state === 'done' || state === 'cancelled'
}

export function mayBecome(from: OrderState, to: OrderState): boolean {
  return next[from].includes(to)
}

/** Refuses with `conflict` to go where this order cannot, and with `forbidden` to reopen it as anyone but an admin. */
export function requireStep(actor: LiveSession['user'], from: OrderState, to: OrderState): void {
  if (!mayBecome(from, to)) refuse('conflict', `${from === 'open' ? 'An' : 'A'} ${from} order cannot become ${to}.`)
  if (isClosed(from) && actor.role !== 'admin') refuse('forbidden', `Only an admin can reopen a ${from} order.`)
}

/** Refuses with `conflict` what cannot be done to a closed order. */
export function requireOpen(state: OrderState): void {
  if (isClosed(state)) refuse('conflict', `The order is ${state}. An admin can reopen it.`)
}

/**
 * Takes the pieces of orders that have become done out of stock, and puts back those of orders that are so no more.
 * The orders are locked, so each step is taken once. Products are locked after orders, in the order of their ids, and
 * so must whoever else changes both.
 */
export async function moveStock(tx: Transaction, steps: { id: string; from: OrderState; to: OrderState }[]) {
  const moved = steps.filter(({ from, to }) => from !== to && (from === 'done' || to === 'done'))
  if (moved.length === 0) return
  const given = JSON.stringify(moved.map(({ id, to }) => ({ id, sign: to === 'done' ? -1 : 1 })))
  await tx.$executeRaw`
    WITH moved AS (
      SELECT product_id, sum(sign * quantity)::int AS pieces
      FROM jsonb_to_recordset(${given}::jsonb) AS given(id uuid, sign int) JOIN order_line ON order_id = given.id
      GROUP BY product_id
    ), locked AS (
      SELECT id FROM product WHERE id IN (SELECT product_id FROM moved) ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE product SET stock = stock + pieces FROM moved JOIN locked ON locked.id = product_id
    WHERE product.id = product_id`
}
