import { type OrderRecord, valueIn } from '#channels/order'
import {
  day,
  type LineField,
  lineFields,
  type OrderField,
  type OrderValue,
  orderFields,
  partsOfLine,
} from '#channels/order-field'
import { orderState } from '#channels/orders'
import type { Transaction } from '#server/db/transaction'
import { refuse } from '#server/refusal'
import type { Actor, Step } from './order-change'
import { moveStock, requireOpen, requireStep } from './order-state'

/**
 * Gives a field another value, which fits the field. Refuses with `conflict` when the order is closed, `invalid` what
 * this order cannot have there, `not-found` for a line there is none of, and a state as `requireStep` does.
 */
export async function applyValue(
  tx: Transaction,
  actor: Actor,
  held: OrderRecord,
  field: OrderField | LineField,
  value: OrderValue,
): Promise<Step> {
  const before = valueIn(held.order, field)
  if (before === undefined) refuse('not-found', 'There is no such line.')
  const step = { field, before, after: value }
  const line = partsOfLine(field)
  if (field === 'state') return { ...step, data: await takeStep(tx, actor, held, value) }
  requireOpen(held.order.state)
  if (line) await changeLine(tx, held, line, value)
  else if (field === 'dueOn') return { ...step, data: { dueOn: new Date(day.parse(value)) } }
  else if (field === 'priority') return { ...step, data: { priority: orderFields.priority.parse(value) } }
  else if (field === 'reference') return { ...step, data: await takeReference(tx, held, value) }
  else return { ...step, data: { [field]: String(value) } }
  return step
}

async function takeStep(tx: Transaction, actor: Actor, { order: { id, state: from } }: OrderRecord, value: OrderValue) {
  const to = orderState.parse(value)
  requireStep(actor, from, to)
  await moveStock(tx, [{ id, from, to }])
  return { state: to, doneAt: to === 'done' ? new Date() : null }
}

async function takeReference(tx: Transaction, { order: { id, customer } }: OrderRecord, value: OrderValue) {
  const reference = orderFields.reference.parse(value)
  const other = await findReference(tx, customer.id, reference)
  if (other && other.id !== id) refuseReference(other.number)
  return { reference }
}

/** The order by which this customer has used a reference before. */
export async function findReference(tx: Transaction, customerId: string, reference: string | null) {
  if (reference === null) return null
  const where = { customerId_reference: { customerId, reference } }
  return tx.workOrder.findUnique({ where, select: { id: true, number: true } })
}

/** Refuses with `invalid`. */
export function refuseReference(number: string): never {
  refuseValue(`This customer’s order ${number} has this reference.`, 'reference')
}

async function changeLine(
  tx: Transaction,
  { order: { lines, customer } }: OrderRecord,
  [id, part]: [string, 'quantity' | 'site'],
  value: OrderValue,
): Promise<void> {
  if (part === 'site') {
    const siteId = lineFields.site.parse(value)
    if (!customer.sites.some((one) => one.id === siteId)) refuseValue('This is no site of the customer.')
    await tx.orderLine.update({ where: { id }, data: { siteId } })
    return
  }
  const quantity = lineFields.quantity.parse(value)
  const { produced = 0 } = lines.find((one) => one.id === id) ?? {}
  if (quantity < produced) refuseValue(`${produced.toLocaleString('en')} pieces have been made already.`)
  await tx.orderLine.update({ where: { id }, data: { quantity } })
}

function refuseValue(message: string, path = 'value'): never {
  refuse('invalid', message, { issues: [{ path, message }] })
}
