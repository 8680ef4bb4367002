import { container } from '#server/container'
import type { MinuteRow, MinuteSource } from '#server/models/minute-ledger'

/** How many orders are counted by one statement, which then takes some ten milliseconds. */
const partOrders = 500

/**
 * The orders that were placed and are not cancelled, and their money: for the workshop, and for each line those with a
 * position of it. The positions are looked up order by order, whatever the planner thinks of tables it has no
 * statistics of.
 */
export const salesSource: MinuteSource = {
  async partEnd(from, to) {
    const [part] = await container().database.prisma.$queryRaw<{ end: Date }[]>`
      SELECT placed_at AS end FROM work_order WHERE placed_at >= ${new Date(from)} AND placed_at < ${new Date(to)}
      ORDER BY placed_at OFFSET ${partOrders} LIMIT 1`
    // Many may be of one millisecond; they are of one part.
    return part ? Math.max(part.end.getTime(), from + 1) : to
  },
  read: (from, to) => container().database.prisma.$queryRaw<MinuteRow[]>`
    WITH placed AS MATERIALIZED (
      SELECT id, floor(extract(epoch FROM placed_at) / 60)::int AS minute, total_cents FROM work_order
      WHERE placed_at >= ${new Date(from)} AND placed_at < ${new Date(to)} AND state <> 'cancelled'
    ), part AS (
      SELECT minute, line, sum(cents) AS cents FROM placed CROSS JOIN LATERAL (
        SELECT product_id, quantity * price_cents::bigint AS cents FROM order_line WHERE order_id = placed.id OFFSET 0
      ) AS position JOIN product ON product.id = product_id
      GROUP BY minute, placed.id, line
    )
    SELECT minute, 'all' AS scope, count(*)::int AS count, sum(total_cents)::float8 AS cents FROM placed GROUP BY minute
    UNION ALL
    SELECT minute, line::text, count(*)::int, sum(cents)::float8 FROM part GROUP BY minute, line`,
}
