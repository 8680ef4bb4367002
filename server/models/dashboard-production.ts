import { container } from '#server/container'
import type { MinuteRow, MinuteSource } from '#server/models/minute-ledger'

/** How many entries are summed by one statement, which then takes some ten milliseconds. */
const partEntries = 5_000

/** The pieces that were made, for orders and for stock alike, of each line. */
export const productionSource: MinuteSource = {
  async partEnd(from, to) {
    const [part] = await container().database.prisma.$queryRaw<{ end: Date }[]>`
      SELECT at AS end FROM production WHERE at >= ${new Date(from)} AND at < ${new Date(to)}
      ORDER BY at OFFSET ${partEntries} LIMIT 1`
    return part ? Math.max(part.end.getTime(), from + 1) : to
  },
  read: (from, to) => container().database.prisma.$queryRaw<MinuteRow[]>`
    SELECT floor(extract(epoch FROM at) / 60)::int AS minute, coalesce(line::text, 'all') AS scope,
      sum(quantity)::int AS count, 0 AS cents
    FROM production JOIN product ON product.id = product_id
    WHERE at >= ${new Date(from)} AND at < ${new Date(to)}
    GROUP BY GROUPING SETS ((1, line), (1))`,
}
