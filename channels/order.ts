import { z } from 'zod'
import { defineChannel, type StateOf, stream } from './contract'
import { type Field, field, orderField, orderValue, quantity, savedField } from './order-field'
import { orderPriority, orderState } from './orders'
import { product } from './product'
import { userRef } from './user'
import type { FirstPaint } from './wire'

/** Milliseconds since 1970, server time. */
const moment = z.int().min(0).max(8.64e15)
const count = z.int().nonnegative()

/** A place goods are brought to, in kilometres from the workshop. */
export const site = z.object({ id: z.uuid(), name: z.string(), east: z.number(), north: z.number() })

/** `priceCents` is what was agreed for one piece. Lines stand by their `position`, which has gaps where one was removed. */
export const orderLine = z.object({
  id: z.uuid(),
  position: z.int().positive(),
  product: product.omit({ priceCents: true }),
  siteId: z.uuid(),
  quantity: z.int().positive(),
  priceCents: count,
  produced: count,
})
export type OrderLine = z.infer<typeof orderLine>

/** `version` counts all changes of it; `dueOn` is a day, as `2026-12-24`. */
export const workOrder = z.object({
  id: z.uuid(),
  number: z.string(),
  version: count,
  customer: z.object({ id: z.uuid(), number: z.int(), name: z.string(), city: z.string(), sites: z.array(site) }),
  state: orderState,
  priority: orderPriority,
  reference: z.string().nullable(),
  contact: z.string(),
  note: z.string(),
  dueOn: z.string(),
  placedAt: moment,
  doneAt: moment.nullable(),
  totalCents: count,
  lines: z.array(orderLine),
})
export type WorkOrder = z.infer<typeof workOrder>

/** Who changed a field last, and the version of the order that this made. `by` is null when the workshop did it by itself. */
export const fieldMark = z.object({ version: count, by: userRef.nullable(), at: moment })
export type FieldMark = z.infer<typeof fieldMark>

/** One change of one field. That of a whole line has the line as its value, or null where there is none. */
export const orderChange = fieldMark.extend({
  field,
  before: orderValue.or(orderLine),
  after: orderValue.or(orderLine),
  /** The version whose change this one took back. */
  undoes: count.nullable(),
})
export type OrderChange = z.infer<typeof orderChange>

export type FieldValue = OrderChange['after']

/** What the field holds: of a whole line, the line. Undefined for a line that is not there. */
export function valueIn({ lines, ...held }: WorkOrder, name: Field): FieldValue | undefined {
  const [whole, id, part] = name.split('/')
  if (whole !== 'line') return held[orderField.parse(name)]
  const line = lines.find((one) => one.id === id)
  return part === undefined ? line : part === 'site' ? line?.siteId : line?.quantity
}

/** How many of its last changes a screen shows. */
export const historyLength = 30

/** What a refusal with `conflict` carries as `theirs`: what the field holds since someone else changed it. */
export const theirs = fieldMark.extend({ field, value: orderValue.or(orderLine) })
export type Theirs = z.infer<typeof theirs>

/** As the database writes it, so that it can be compared, and that a push says it as the state does. */
const named = z.uuid().toLowerCase()
/** The id of a new line is chosen by who adds it, so that adding it again is safe. */
export const newLine = z.object({ id: named, productId: named, siteId: named, quantity })
/** `version` is that at which its screen knew the line as a whole (`knownVersion`). */
export const removedLine = z.object({ id: named, version: count })
/** The version that the change made: a number the database can look for. */
export const undoneChange = z.object({ version: z.int32().nonnegative() })
const changedTo = z.object({ version: count })

/**
 * One work order, open on any number of screens; a room is the order's id, `not-found` where there is none.
 *
 * Each change of a field makes the order's next `version`. `save` names the version at which its screen knew that
 * field (`knownVersion`): only when it was changed since, and to something else, is the answer a `conflict`, with
 * `theirs`. A done or cancelled order answers `conflict` to all but a change of its state, and only an admin may
 * reopen it, others are `forbidden`. Saving, adding or removing the same again changes nothing, so it may be repeated;
 * a line added again with other content than at first is a `conflict`, with the line that was added as `theirs`.
 * `undo` takes back one's own last change, named by its version, if its field is as it left it.
 */
export const order = defineChannel({
  name: 'order',
  room: z.uuid().lowercase(),
  state: z.object({
    order: workOrder,
    /** Of each field that was ever changed, the last time. */
    fields: z.record(z.string(), fieldMark),
    /** Its last changes, newest first. */
    history: z.array(orderChange),
  }),
  pushes: {
    /** The order's next version: one field that was changed, or pieces that were made, and what follows from it. */
    changed: stream(
      z.object({
        version: count,
        change: orderChange.nullable(),
        produced: z.array(z.object({ lineId: z.uuid(), produced: count })),
        state: orderState,
        doneAt: moment.nullable(),
        totalCents: count,
      }),
    ),
  },
  calls: {
    save: { input: savedField, output: changedTo },
    add: { input: newLine, output: changedTo },
    remove: { input: removedLine, output: changedTo },
    undo: { input: undoneChange, output: changedTo },
    /** What can be ordered now. */
    products: { input: z.object({}), output: z.object({ products: z.array(product) }) },
  },
})
export type OrderRecord = StateOf<typeof order>
export type OrderPaint = FirstPaint<OrderRecord>
