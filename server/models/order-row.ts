import { historyLength, type OrderPaint, type OrderRecord, order } from '#channels/order'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

/** The record for the first paint. Refuses with `not-found` where there is none. */
export function openOrder(id: string): Promise<OrderPaint> {
  return firstPaint(order, id, () => readOrder(id))
}

/** Whether there is an order of this id; a text that is no id names none. */
export async function hasOrder(id: string): Promise<boolean> {
  if (!order.room.safeParse(id).success) return false
  return (await container().database.prisma.workOrder.count({ where: { id } })) > 0
}

/**
 * All of one order by one statement, so that its parts are of the same moment: a line or a change newer than the
 * version beside it would be applied once more when its push comes. Refuses with `not-found`.
 */
export async function readOrder(
  id: string,
  client: Pick<Prisma.TransactionClient, '$queryRaw'> = container().database.prisma,
): Promise<OrderRecord> {
  const [row] = await client.$queryRaw<{ state: unknown }[]>`
    WITH change AS (
      SELECT version, field, before, after, undoes, floor(extract(epoch FROM at) * 1000)::bigint AS at,
        CASE WHEN app_user.id IS NOT NULL THEN jsonb_build_object('id', app_user.id, 'name', name) END AS by
      FROM order_change LEFT JOIN app_user ON app_user.id = user_id WHERE order_id = ${id}::uuid
    )
    SELECT jsonb_build_object(
      'order', jsonb_build_object(
        'id', work_order.id, 'number', work_order.number, 'version', version, 'state', state, 'priority', priority,
        'reference', reference, 'contact', contact, 'note', note, 'dueOn', due_on, 'totalCents', total_cents,
        'placedAt', floor(extract(epoch FROM placed_at) * 1000)::bigint,
        'doneAt', floor(extract(epoch FROM done_at) * 1000)::bigint,
        'customer', jsonb_build_object('id', customer.id, 'number', customer.number, 'name', customer.name, 'city', city,
          'sites', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'east', east, 'north', north)
            ORDER BY name, id), '[]') FROM customer_site WHERE customer_id = customer.id)),
        'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', order_line.id, 'position', position,
            'siteId', site_id, 'quantity', quantity, 'priceCents', order_line.price_cents, 'produced', produced,
            'product', jsonb_build_object('id', product.id, 'sku', sku, 'name', name, 'line', line)) ORDER BY position), '[]')
          FROM order_line JOIN product ON product.id = product_id WHERE order_id = work_order.id)),
      'fields', (SELECT coalesce(jsonb_object_agg(field, jsonb_build_object('version', version, 'by', by, 'at', at)), '{}')
        FROM (SELECT DISTINCT ON (field) * FROM change ORDER BY field, version DESC) AS marked),
      'history', (SELECT coalesce(jsonb_agg(jsonb_build_object('version', version, 'field', field, 'before', before,
          'after', after, 'by', by, 'at', at, 'undoes', undoes) ORDER BY version DESC), '[]')
        FROM (SELECT * FROM change ORDER BY version DESC LIMIT ${historyLength}) AS latest)
    ) AS state
    FROM work_order JOIN customer ON customer.id = customer_id WHERE work_order.id = ${id}::uuid`
  if (!row) refuse('not-found', 'There is no such order.')
  return order.state.parse(row.state)
}
