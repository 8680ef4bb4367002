import type { z } from 'zod'
import { newLine, type OrderLine, type OrderRecord, orderLine, removedLine } from '#channels/order'
import { type Field, field, knownVersion } from '#channels/order-field'
import { mostLines } from '#channels/orders'
import type { Transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { refuse } from '#server/refusal'
import { type Actor, type ChangedTo, changeOrder, refuseStale, type Step } from './order-change'
import { requireOpen } from './order-state'

const wholeLine = (id: string): Field => field.parse(`line/${id}`)

/**
 * Adds a line at the price of this moment. Refuses with `conflict` when the order is closed or full, or the line was
 * removed since or first added with other content, `not-found` for a product or site there is none of. One that is
 * there already is not added again.
 */
export async function addLine(actor: Actor, orderId: string, input: z.input<typeof newLine>): Promise<ChangedTo> {
  const asked = parseInput(newLine, input)
  const { id, productId, siteId, quantity } = asked
  return changeOrder(actor, orderId, async (tx, held) => {
    const { lines, customer, state } = held.order
    const known = knownVersion(held.fields, wholeLine(id))
    const there = lines.find((line) => line.id === id)
    if (there) {
      await requireAsAdded(tx, held, there, asked)
      return { version: known }
    }
    if (known > 0) refuseStale(held, wholeLine(id))
    requireOpen(state)
    if (lines.length >= mostLines) refuse('conflict', `An order has at most ${mostLines} lines.`)
    const found = await tx.product.findUnique({ where: { id: productId } })
    if (!found) refuse('not-found', 'There is no such product.')
    if (!customer.sites.some((site) => site.id === siteId)) refuse('not-found', 'There is no such site.')
    if (await tx.orderLine.count({ where: { id } })) refuse('conflict', 'Another order has this line.')
    const { sku, name, line, priceCents } = found
    const product = { id: productId, sku, name, line }
    const position = placeAfter(lines)
    return insertLine(tx, orderId, { id, position, product, siteId, quantity, priceCents, produced: 0 })
  })
}

/** Refuses with `conflict` and `theirs` when this line was first added with other content, or was there from the beginning. */
async function requireAsAdded(tx: Transaction, held: OrderRecord, line: OrderLine, asked: z.output<typeof newLine>) {
  const field = wholeLine(line.id)
  const first = await tx.orderChange.findFirst({
    where: { orderId: held.order.id, field },
    orderBy: { version: 'asc' },
  })
  const added = orderLine.safeParse(first?.after).data
  const { product, quantity, siteId } = added ?? line
  if (added && product.id === asked.productId && quantity === asked.quantity && siteId === asked.siteId) return
  const mark = held.fields[field]
  refuse('conflict', `${quantity} of ${product.name} were added already, as it was first asked for.`, {
    theirs: mark && { ...mark, field, value: line },
  })
}

/**
 * Removes a line. Refuses with `conflict` when someone has changed it since, pieces of it were made, it is the last
 * one, or the order is closed; `not-found` where there is none. One that was removed before is not removed again.
 */
export async function removeLine(
  actor: Actor,
  orderId: string,
  input: z.input<typeof removedLine>,
): Promise<ChangedTo> {
  const { id, version } = parseInput(removedLine, input)
  return changeOrder(actor, orderId, async (tx, held) => {
    const known = knownVersion(held.fields, wholeLine(id))
    const line = held.order.lines.find((one) => one.id === id)
    if (!line && known > 0) return { version: known }
    if (line && known > version) refuseStale(held, wholeLine(id))
    return deleteLine(tx, held, id)
  })
}

export async function deleteLine(tx: Transaction, { order: { lines, state } }: OrderRecord, id: string): Promise<Step> {
  const line = lines.find((one) => one.id === id)
  if (!line) refuse('not-found', 'There is no such line.')
  requireOpen(state)
  if (line.produced > 0) refuse('conflict', 'Pieces of this line have been made already.')
  if (lines.length === 1) refuse('conflict', 'An order has one line at least. It can be cancelled as a whole.')
  await tx.orderLine.delete({ where: { id } })
  return { field: wholeLine(id), before: line, after: null }
}

/** Puts back a line that was removed, at its place if that is free. */
export async function restoreLine(tx: Transaction, { order }: OrderRecord, line: OrderLine): Promise<Step> {
  requireOpen(order.state)
  if (order.lines.length >= mostLines) refuse('conflict', `An order has at most ${mostLines} lines.`)
  const taken = order.lines.some(({ position }) => position === line.position)
  return insertLine(tx, order.id, { ...line, position: taken ? placeAfter(order.lines) : line.position })
}

async function insertLine(tx: Transaction, orderId: string, line: OrderLine): Promise<Step> {
  const { product, ...row } = line
  await tx.orderLine.create({ data: { ...row, orderId, productId: product.id } })
  return { field: wholeLine(line.id), before: null, after: line }
}

/** Refuses with `conflict` when the line of this field was removed, with `not-found` when it never was there. */
export function refuseGone(held: OrderRecord, name: Field): never {
  if (knownVersion(held.fields, name) > 0) refuseStale(held, name)
  refuse('not-found', 'There is no such line.')
}

function placeAfter(lines: OrderLine[]): number {
  return Math.max(0, ...lines.map(({ position }) => position)) + 1
}
