import { order } from '#channels/order'
import { type OrderState, orders, ordersRoom } from '#channels/orders'
import type { UserRef } from '#channels/user'
import type { Transaction } from '#server/db/transaction'
import { refuse } from '#server/refusal'
import { isClosed, mayBecome, moveStock } from './order-state'

export interface Advance {
  orderId: string
  /** How many pieces of a line are made by now, at most what it asks for; fewer than before changes nothing. */
  produced?: { lineId: string; produced: number }[]
  state?: OrderState
}

interface Advanced {
  id: string
  version: number
  before: OrderState
  state: OrderState
  doneAt: Date | null
  totalCents: number
}

/**
 * Notes pieces that were made, and the next state of an order, on the workshop's own account or on that of `by`. Refuses
 * with `conflict` when the order is closed or cannot take that step, `not-found` where there is none. Made of it again,
 * nothing changes. Orders are locked before products: change those of both that are yours after this.
 */
export async function advanceOrder(tx: Transaction, advance: Advance, by: UserRef | null = null): Promise<void> {
  const [found] = await lockOrders(tx, [advance.orderId])
  if (!found) refuse('not-found', 'There is no such order.')
  const { state } = found
  if (advance.state && advance.state !== state && !mayBecome(state, advance.state))
    refuse('conflict', `An order that is ${state} cannot become ${advance.state}.`)
  if (isClosed(state) && advance.produced?.length && !advance.state) refuse('conflict', `The order is ${state}.`)
  await advanceOrders(tx, [advance], by)
}

/**
 * The same for many, by a few statements however many there are. An order that is closed, gone, or cannot take its
 * step is passed over. Resolves with the ids of those that have changed. Each order is named once.
 */
export async function advanceOrders(
  tx: Transaction,
  advances: Advance[],
  by: UserRef | null = null,
): Promise<string[]> {
  const found = await lockOrders(
    tx,
    advances.map(({ orderId }) => orderId),
  )
  const states = new Map(found.map(({ id, state }) => [id, state]))
  const possible = advances.flatMap(({ orderId, produced = [], state }) => {
    const from = states.get(orderId)
    const to = state ?? from
    if (!from || !to || (from !== to && !mayBecome(from, to)) || (isClosed(from) && from === to)) return []
    return [{ id: orderId, from, to, produced }]
  })
  const made = await notePieces(
    tx,
    possible.flatMap(({ id, produced }) => produced.map((one) => ({ ...one, orderId: id }))),
  )
  const changing = possible.filter(({ id, from, to }) => from !== to || made.has(id))
  if (changing.length === 0) return []
  const at = new Date()
  const advanced = await step(tx, changing, at, by)
  await moveStock(tx, changing)
  for (const one of advanced) publishAdvance(tx, one, made.get(one.id) ?? [], at, by)
  const ids = advanced.map(({ id }) => id)
  tx.publish(orders, ordersRoom, 'changed', { ids: ids.length > 50 ? [] : ids })
  return ids
}

/** In the order of their ids, so that no two can wait for each other. */
async function lockOrders(tx: Transaction, ids: string[]): Promise<{ id: string; state: OrderState }[]> {
  return tx.$queryRaw`
    SELECT id::text, state::text FROM work_order WHERE id = ANY(${ids}::uuid[]) ORDER BY work_order.id FOR NO KEY UPDATE`
}

type Made = Map<string, { lineId: string; produced: number }[]>

async function notePieces(
  tx: Transaction,
  pieces: { orderId: string; lineId: string; produced: number }[],
): Promise<Made> {
  const made: Made = new Map()
  if (pieces.length === 0) return made
  const rows = await tx.$queryRaw<{ orderId: string; lineId: string; produced: number }[]>`
    UPDATE order_line SET produced = least(quantity, given.produced)
    FROM jsonb_to_recordset(${JSON.stringify(pieces)}::jsonb) AS given("orderId" uuid, "lineId" uuid, produced int)
    WHERE id = "lineId" AND order_id = "orderId" AND order_line.produced < least(quantity, given.produced)
    RETURNING order_id::text AS "orderId", id::text AS "lineId", order_line.produced`
  for (const { orderId, ...line } of rows) made.set(orderId, [...(made.get(orderId) ?? []), line])
  return made
}

async function step(
  tx: Transaction,
  changing: { id: string; from: OrderState; to: OrderState }[],
  at: Date,
  by: UserRef | null,
): Promise<Advanced[]> {
  return tx.$queryRaw<Advanced[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(changing)}::jsonb) AS given(id uuid, "from" order_state, "to" order_state)
    ), stepped AS (
      UPDATE work_order SET version = version + 1, state = "to",
        done_at = CASE WHEN "to" <> 'done' THEN NULL WHEN "from" = 'done' THEN done_at ELSE ${at}::timestamptz END
      FROM given WHERE work_order.id = given.id
      RETURNING work_order.id, version, "from", state, done_at, total_cents
    ), noted AS (
      INSERT INTO order_change (order_id, version, field, before, after, user_id, at)
      SELECT id, version, 'state', to_jsonb("from"), to_jsonb(state), ${by?.id ?? null}::uuid, ${at}::timestamptz
      FROM stepped WHERE "from" <> state
    )
    SELECT id::text, version, "from"::text AS before, state::text, done_at AS "doneAt", total_cents AS "totalCents"
    FROM stepped`
}

function publishAdvance(
  tx: Transaction,
  { id, version, before, state, doneAt, totalCents }: Advanced,
  produced: { lineId: string; produced: number }[],
  at: Date,
  by: UserRef | null,
): void {
  const change =
    before === state
      ? null
      : { version, field: 'state' as const, before, after: state, by, at: at.getTime(), undoes: null }
  const pushed = { version, change, produced, state, doneAt: doneAt?.getTime() ?? null, totalCents }
  tx.publish(order, id, 'changed', pushed)
}
