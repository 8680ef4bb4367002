import type { PushData } from '#channels/contract'
import {
  historyLength,
  type OrderChange,
  type OrderLine,
  type OrderRecord,
  type order,
  orderLine,
  type WorkOrder,
  workOrder,
} from '#channels/order'
import type { Fold } from '#components/realtime/fold'

export const orderFold: Fold<typeof order> = { pushes: { changed } }

/** What was loaded may be newer than a push: then it holds what the push says, and more. */
function changed(held: OrderRecord, pushed: PushData<typeof order, 'changed'>): OrderRecord {
  if (pushed.version <= held.order.version) return held
  const { version, change, produced, state, doneAt, totalCents } = pushed
  const made = new Map(produced.map((one) => [one.lineId, one.produced]))
  const lines = held.order.lines.map((line) => ({ ...line, produced: made.get(line.id) ?? line.produced }))
  const next = { ...held.order, version, state, doneAt, totalCents, lines }
  if (!change) return { ...held, order: next }
  const { field, by, at } = change
  return {
    order: { ...next, ...valueAfter(next, change) },
    fields: { ...held.fields, [field]: { version, by, at } },
    history: [change, ...held.history].slice(0, historyLength),
  }
}

/** The part of the record that holds the field, as it is after the change. */
function valueAfter({ lines }: WorkOrder, { field, after }: OrderChange): Partial<WorkOrder> {
  const [whole, id = '', part] = field.split('/')
  if (whole !== 'line') return workOrder.partial().parse({ [field]: after })
  if (part !== undefined)
    return { lines: lines.map((line) => (line.id === id ? changedLine(line, part, after) : line)) }
  const others = lines.filter((line) => line.id !== id)
  const added = after === null ? [] : [orderLine.parse(after)]
  return { lines: [...others, ...added].sort((one, other) => one.position - other.position) }
}

function changedLine(line: OrderLine, part: string, after: OrderChange['after']): OrderLine {
  return { ...line, ...orderLine.partial().parse({ [part === 'site' ? 'siteId' : 'quantity']: after }) }
}
