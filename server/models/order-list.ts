import type { z } from 'zod'
import {
  mostCounted,
  type OrderPage,
  type OrderRow,
  type OrdersPaint,
  orderRow,
  orders,
  ordersRoom,
} from '#channels/orders'
import { container } from '#server/container'
import { parseInput } from '#server/input'
import { firstPaint } from '#server/realtime/first-paint'
import { findPage } from './order-page'
import { dateOf } from './wall-clock'

type Asked = z.input<(typeof orders)['calls']['page']['input']>

/** The room of the list, for the first paint; what it shows is asked for by `listOrders`. */
export function openOrders(): Promise<OrdersPaint> {
  return firstPaint(orders, ordersRoom, async () => ({}))
}

/**
 * One page of the orders that match, and with it those of `shown` as they are now. A page that is no more is empty.
 * By several statements, since PGlite does one thing at a time: nobody waits for all of it. They may be of different
 * moments, and whatever has changed in between is told and asked for again.
 */
export async function listOrders(input: Asked): Promise<{ page: OrderPage; shown: OrderRow[] }> {
  const { query, shown } = parseInput(orders.calls.page.input, input)
  // As the dashboard has it (server/models/dashboard.ts): by the clock on the wall, not by that of Greenwich.
  const today = dateOf(Date.now())
  const { ids, total } = await findPage(query, today)
  const rows = await readRows([...new Set([...ids, ...shown])], today)
  const pick = (some: string[]) => some.flatMap((id) => rows.get(id) ?? [])
  const page = { rows: pick(ids), total: Math.min(total, mostCounted), more: total > mostCounted }
  return { page, shown: pick(shown) }
}

async function readRows(ids: string[], today: string): Promise<Map<string, OrderRow>> {
  const rows = await container().database.prisma.$queryRaw<{ row: unknown }[]>`
    SELECT jsonb_build_object('id', work_order.id, 'number', work_order.number, 'version', version, 'state', state,
      'priority', priority, 'reference', reference, 'dueOn', due_on, 'totalCents', total_cents,
      'placedAt', floor(extract(epoch FROM placed_at) * 1000)::bigint,
      'overdue', state IN ('open', 'producing') AND due_on < ${today}::date,
      'customer', jsonb_build_object('number', customer.number, 'name', customer.name, 'city', city),
      'lines', sums.lines, 'pieces', sums.pieces, 'produced', sums.produced) AS row
    FROM work_order JOIN customer ON customer.id = customer_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS lines, coalesce(sum(quantity), 0) AS pieces, coalesce(sum(produced), 0) AS produced
      FROM order_line WHERE order_id = work_order.id
    ) AS sums
    WHERE work_order.id = ANY(${ids}::uuid[])`
  return new Map(rows.map(({ row }) => orderRow.parse(row)).map((row) => [row.id, row]))
}
