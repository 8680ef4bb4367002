import { mostCounted, type OrderQuery, pageLength } from '#channels/orders'
import { container } from '#server/container'
import { Prisma } from '#server/db/generated/client'

/** The orders a query asks for, each once, as conditions on `work_order`. `today` is a day, as `2026-12-24`. */
function matching({ state, priority, line, overdue, search }: OrderQuery, today: string): Prisma.Sql {
  const active = Prisma.sql`work_order.state IN ('open', 'producing')`
  const conditions = [
    state && (state === 'active' ? active : Prisma.sql`work_order.state = ${state}::order_state`),
    priority && Prisma.sql`work_order.priority = ${priority}::order_priority`,
    line &&
      Prisma.sql`EXISTS (SELECT 1 FROM order_line JOIN product ON product.id = product_id
        WHERE order_id = work_order.id AND product.line = ${line}::product_line)`,
    overdue && Prisma.sql`${active} AND work_order.due_on < ${today}::date`,
    search && found(search),
  ].filter((one) => one !== undefined && one !== false && one !== '')
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : Prisma.sql`true`
}

function found(search: string): Prisma.Sql {
  const part = `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  // In the collation "C" upper and lower case are alike for A to Z alone, and looking is many times faster.
  return Prisma.sql`(work_order.number COLLATE "C" ILIKE ${part} OR work_order.reference COLLATE "C" ILIKE ${part}
    OR customer_id IN (SELECT id FROM customer WHERE name ILIKE ${part} OR number::text = ${search}))`
}

const keys = {
  placed: Prisma.sql`work_order.placed_at`,
  number: Prisma.sql`work_order.number`,
  customer: Prisma.sql`customer.name`,
  due: Prisma.sql`work_order.due_on`,
  total: Prisma.sql`work_order.total_cents`,
}

/**
 * The ids of one page and how many match, at most one more than are counted. Of equals the one with the greater id is
 * later, so that every order has its place. What an index can sort is read from there, and counted by itself; what has
 * to be looked for in all orders is looked for once.
 */
export async function findPage(query: OrderQuery, today: string): Promise<{ ids: string[]; total: number }> {
  const { prisma } = container().database
  const where = matching(query, today)
  const key = keys[query.sort]
  const way = query.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const rows = Prisma.sql`LIMIT ${pageLength} OFFSET ${query.page * pageLength}`
  const from =
    query.sort === 'customer'
      ? Prisma.sql`work_order JOIN customer ON customer.id = customer_id`
      : Prisma.sql`work_order`
  if (query.search || query.line || query.overdue) {
    const [found] = await prisma.$queryRaw<{ ids: string[]; total: number }[]>`
      WITH matching AS MATERIALIZED (SELECT work_order.id, ${key} AS key FROM ${from} WHERE ${where})
      SELECT (SELECT count(*)::int FROM matching) AS total,
        ARRAY(SELECT id::text FROM matching ORDER BY key ${way}, matching.id ${way} ${rows}) AS ids`
    return found ?? { ids: [], total: 0 }
  }
  const found = await prisma.$queryRaw<{ id: string }[]>`
    SELECT work_order.id::text FROM ${from} WHERE ${where} ORDER BY ${key} ${way}, work_order.id ${way} ${rows}`
  const [counted] = await prisma.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM (SELECT 1 FROM work_order WHERE ${where} LIMIT ${mostCounted + 1}) AS matching`
  return { ids: found.map(({ id }) => id), total: counted?.total ?? 0 }
}
