import type { z } from 'zod'
import { valueIn } from '#channels/order'
import { knownVersion, savedField } from '#channels/order-field'
import { parseInput } from '#server/input'
import { applyValue } from './order-apply'
import { type Actor, type ChangedTo, changeOrder, refuseStale } from './order-change'
import { refuseGone } from './order-line'

/**
 * Saves one field of an order. Refuses with `conflict` and `theirs` when the field has changed since the version at
 * which its screen knew it, and as `applyValue` does. What the field holds already is not saved again, whatever the
 * version: a save whose answer was lost may be repeated.
 */
export async function saveField(actor: Actor, id: string, input: z.input<typeof savedField>): Promise<ChangedTo> {
  const { field, value, version } = parseInput(savedField, input)
  return changeOrder(actor, id, async (tx, held) => {
    const current = valueIn(held.order, field)
    if (current === undefined) return refuseGone(held, field)
    const known = knownVersion(held.fields, field)
    if (current === value) return { version: known }
    if (known > version) refuseStale(held, field)
    return applyValue(tx, actor, held, field, value)
  })
}
