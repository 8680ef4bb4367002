import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { type OrderChange, orderChange, orderLine, type WorkOrder } from '#channels/order'
import type { newOrder, PlacedOrder } from '#channels/orders'
import type { Prisma } from '#server/db/generated/client'
import { refuse } from '#server/refusal'
import { readOrder } from './order-row'

type Step = Pick<OrderChange, 'field' | 'before'>
const steps = orderChange.pick({ field: true, before: true }).array()

/**
 * The order that was placed under this id before, or nothing. Refuses with `conflict` and `theirs` when something else
 * was asked for then: the first content stands, and who asks has to know.
 */
export async function findPlaced(
  client: Prisma.TransactionClient,
  { id, siteId, lines, ...given }: z.output<typeof newOrder>,
): Promise<PlacedOrder | undefined> {
  if (!(await client.workOrder.count({ where: { id } }))) return
  const { order } = await readOrder(id, client)
  const history = await client.orderChange.findMany({
    where: { orderId: id, version: { lte: order.version } },
    orderBy: { version: 'desc' },
  })
  const asked = { ...given, lines: lines.map((line) => ({ ...line, siteId })) }
  const placed = { id, number: order.number }
  if (isDeepStrictEqual(asFirstAsked(order, steps.parse(history)), asked)) return placed
  refuse('conflict', `Order ${order.number} was placed already, as it was first asked for.`, { theirs: placed })
}

/** What was ordered before anything was changed: `history`, latest first, taken back. */
function asFirstAsked(order: WorkOrder, history: Step[]) {
  const lines = new Map(order.lines.map((line) => [line.id, line]))
  const fields: Record<string, unknown> = { ...order }
  for (const { field, before } of history) {
    const [whole, id = ''] = field.split('/')
    const line = lines.get(id)
    if (whole !== 'line') fields[field] = before
    else if (field !== `line/${id}`) {
      const part = field.endsWith('/site') ? 'siteId' : 'quantity'
      if (line) lines.set(id, { ...line, ...orderLine.partial().parse({ [part]: before }) })
    } else if (before === null) lines.delete(id)
    else lines.set(id, orderLine.parse(before))
  }
  const { priority, dueOn, reference, contact, note } = fields
  const first = [...lines.values()].sort((one, other) => one.position - other.position)
  return {
    customerId: order.customer.id,
    priority,
    dueOn,
    reference,
    contact,
    note,
    lines: first.map(({ product, quantity, siteId }) => ({ productId: product.id, quantity, siteId })),
  }
}
