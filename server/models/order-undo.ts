import type { z } from 'zod'
import { type FieldValue, type OrderRecord, orderChange, orderLine, undoneChange } from '#channels/order'
import { type Field, knownVersion, lineField, orderField, schemaOf } from '#channels/order-field'
import type { Transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { refuse } from '#server/refusal'
import { applyValue } from './order-apply'
import { type Actor, type ChangedTo, changeOrder, refuseStale, type Step } from './order-change'
import { deleteLine, restoreLine } from './order-line'

const change = orderChange.pick({ field: true, before: true })

/**
 * Takes back one's own last change of an order. Refuses with `not-found` when there is no such change, `forbidden` when
 * it is someone else's, `conflict` when one has changed something since, or someone else the same field: then with
 * `theirs`. One that was taken back before is not taken back again. Taking back what was taken back is a change too.
 */
export async function undoChange(actor: Actor, id: string, input: z.input<typeof undoneChange>): Promise<ChangedTo> {
  const { version } = parseInput(undoneChange, input)
  return changeOrder(actor, id, async (tx, held) => {
    const where = { orderId: id, userId: actor.id }
    const mine = await tx.orderChange.findFirst({ where, orderBy: { version: 'desc' } })
    if (mine?.undoes === version) return { version: mine.version }
    const found = await tx.orderChange.findUnique({ where: { orderId_version: { orderId: id, version } } })
    if (!found) refuse('not-found', 'There is no such change.')
    if (found.userId !== actor.id) refuse('forbidden', 'This is someone else’s change.')
    if (mine?.version !== version) refuse('conflict', 'You have changed something else since.')
    const { field, before } = change.parse(found)
    if (knownVersion(held.fields, field) !== version) refuseStale(held, field)
    return { ...(await takeBack(tx, actor, held, field, before)), undoes: version }
  })
}

async function takeBack(
  tx: Transaction,
  actor: Actor,
  held: OrderRecord,
  field: Field,
  before: FieldValue,
): Promise<Step> {
  const single = orderField.or(lineField).safeParse(field).data
  if (single) return applyValue(tx, actor, held, single, schemaOf(single).parse(before))
  const [, id = ''] = field.split('/')
  return before === null ? deleteLine(tx, held, id) : restoreLine(tx, held, orderLine.parse(before))
}
