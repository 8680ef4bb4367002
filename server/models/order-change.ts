import { type FieldValue, type OrderRecord, order, valueIn } from '#channels/order'
import { type Field, knownVersion } from '#channels/order-field'
import { orders, ordersRoom } from '#channels/orders'
import { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { readOrder } from './order-row'

export type Actor = LiveSession['user']

/** One change that has been made to an order's lines, or is to be made to its own row by `data`. */
export interface Step {
  field: Field
  before: FieldValue
  after: FieldValue
  data?: Prisma.WorkOrderUncheckedUpdateInput
  undoes?: number
}

/** The version that a call has made, or that already stands for what it asked. */
export interface ChangedTo {
  version: number
}

/**
 * One change of one order, after all others that were under way: writes it to the order's history, and tells the
 * screens. `work` does it, or answers with the version at which it was done before. Refuses with `not-found`.
 */
export function changeOrder(
  actor: Actor,
  id: string,
  work: (tx: Transaction, held: OrderRecord) => Promise<Step | ChangedTo>,
): Promise<ChangedTo> {
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM work_order WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    const held = await readOrder(id, tx)
    const step = await work(tx, held)
    return 'field' in step ? write(tx, actor, held, step) : step
  })
}

async function write(tx: Transaction, actor: Actor, held: OrderRecord, step: Step): Promise<ChangedTo> {
  const { field, before, after, data, undoes = null } = step
  const { id } = held.order
  const version = held.order.version + 1
  const at = new Date()
  const { state, doneAt, totalCents } = await tx.workOrder.update({
    where: { id },
    data: { ...data, version, ...(field.startsWith('line/') && { totalCents: await sumOf(tx, id) }) },
    select: { state: true, doneAt: true, totalCents: true },
  })
  const json = (value: FieldValue) => value ?? Prisma.JsonNull
  await tx.orderChange.create({
    data: { orderId: id, version, field, before: json(before), after: json(after), userId: actor.id, at, undoes },
  })
  const by = { id: actor.id, name: actor.name }
  const change = { version, field, before, after, by, at: at.getTime(), undoes }
  const pushed = { version, change, produced: [], state, doneAt: doneAt?.getTime() ?? null, totalCents }
  tx.publish(order, id, 'changed', pushed)
  tx.publish(orders, ordersRoom, 'changed', { ids: [id] })
  return { version }
}

async function sumOf(tx: Transaction, id: string): Promise<number> {
  const [sum] = await tx.$queryRaw<{ cents: number }[]>`
    SELECT coalesce(sum(quantity * price_cents), 0)::int AS cents FROM order_line WHERE order_id = ${id}::uuid`
  return sum?.cents ?? 0
}

/** Refuses with `conflict`: someone has changed this field since, and `theirs` is what it holds now. */
export function refuseStale({ order, fields }: OrderRecord, name: Field): never {
  const version = knownVersion(fields, name)
  const mark = Object.values(fields).find((one) => one.version === version)
  const who = mark?.by?.name ?? 'The workshop'
  refuse('conflict', `${who} has changed this meanwhile.`, {
    theirs: mark && { ...mark, field: name, value: valueIn(order, name) ?? null },
  })
}
