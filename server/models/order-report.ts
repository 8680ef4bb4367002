import { container } from '#server/container'

/** After which order the next page begins. */
export interface ReportPlace {
  /** Milliseconds since 1970. */
  placedAt: number
  id: string
}

/** An order as the report lists it. */
export interface ReportedOrder {
  id: string
  number: string
  state: string
  priority: string
  customerNumber: number
  customer: string
  city: string
  reference: string | null
  placedAt: Date
  dueOn: Date
  doneAt: Date | null
  lines: number
  pieces: number
  cents: number
}

/** How many orders were placed up to that moment. */
export function countOrders(asOf: Date): Promise<number> {
  return container().database.prisma.workOrder.count({ where: { placedAt: { lte: asOf } } })
}

/** The next orders in the order they were placed in. The page is cut first: what each costs does not grow with their number. */
export function readReportPage(asOf: Date, after: ReportPlace | null, size: number): Promise<ReportedOrder[]> {
  const { placedAt, id } = after ?? { placedAt: 0, id: '00000000-0000-0000-0000-000000000000' }
  return container().database.prisma.$queryRaw<ReportedOrder[]>`
    WITH page AS (
      SELECT * FROM work_order
      WHERE (placed_at, id) > (${new Date(placedAt)}, ${id}::uuid) AND placed_at <= ${asOf}
      ORDER BY placed_at, id LIMIT ${size}
    )
    SELECT page.id::text, page.number, state::text, priority::text, customer.number AS "customerNumber",
      customer.name AS customer, city, reference, placed_at AS "placedAt", due_on AS "dueOn", done_at AS "doneAt",
      total_cents AS cents, listed.lines, listed.pieces
    FROM page JOIN customer ON customer.id = page.customer_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS lines, coalesce(sum(quantity), 0)::int AS pieces
      FROM order_line WHERE order_id = page.id
    ) AS listed
    ORDER BY placed_at, page.id`
}

/** What these orders ask for of each line of products. */
export function sumByLine(
  orderIds: string[],
): Promise<{ line: string; orders: number; pieces: number; cents: number }[]> {
  return container().database.prisma.$queryRaw`
    SELECT line::text, count(DISTINCT order_id)::int AS orders, sum(quantity)::int AS pieces,
      sum(quantity * order_line.price_cents)::float8 AS cents
    FROM order_line JOIN product ON product.id = product_id
    WHERE order_id = ANY(${orderIds}::uuid[]) GROUP BY line`
}
