import { type Figures, type Scope, scope } from '#channels/dashboard'
import { container } from '#server/container'

type Counts = Figures['backlog']
/** Orders that are not done, by the day they are due: days since 1970. */
interface DayRow {
  day: number
  scope: Scope
  open: number
  producing: number
}

/** Of how many orders the lines are looked up by one statement, which then takes some ten milliseconds. */
const partOrders = 500
/** How long the looking up may take at a time, in milliseconds; what is left over has its turn the next time. */
const budget = 15

/**
 * The orders that wait and those that are under way. The whole workshop's are counted each time; those of each line
 * in parts, by the day they are due, as many as there is time for: up to some thousands all of them each time, and
 * with tens of thousands the figure of a line is some seconds old.
 */
export class Backlog {
  #all: DayRow[] = []
  #lines = new Map<number, DayRow[]>()
  /** Where the round goes on; null when it begins anew. */
  #next: number | null = null
  #complete = false

  /** Gives the moment by the database's clock, in milliseconds since 1970. */
  async follow(): Promise<number> {
    const { prisma } = container().database
    const [read] = await prisma.$queryRaw<{ at: number; days: DayRow[] }[]>`
      SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at, coalesce(jsonb_agg(jsonb_build_object(
        'day', day, 'scope', 'all', 'open', open, 'producing', producing) ORDER BY day), '[]') AS days
      FROM (
        SELECT due_on - DATE '1970-01-01' AS day, count(*) FILTER (WHERE state = 'open') AS open,
          count(*) FILTER (WHERE state = 'producing') AS producing
        FROM work_order WHERE state IN ('open', 'producing') GROUP BY due_on
      ) AS due`
    this.#all = read?.days ?? []
    await this.#followLines()
    return read?.at ?? Date.now()
  }

  /** What is due before that day, counted since 1970, is overdue. */
  counts(of: Scope, today: number): Counts {
    const rows = of === 'all' ? this.#all : [...this.#lines.values()].flat().filter(({ scope }) => scope === of)
    const counts = { open: 0, producing: 0, overdue: 0 }
    for (const { day, open, producing } of rows) {
      counts.open += open
      counts.producing += producing
      if (day < today) counts.overdue += open + producing
    }
    return counts
  }

  async #followLines(): Promise<void> {
    const days = new Set(this.#all.map(({ day }) => day))
    for (const day of this.#lines.keys()) if (!days.has(day)) this.#lines.delete(day)
    const began = performance.now()
    do {
      const part = this.#part()
      const rows = part.length > 0 ? await readLines(part[0] ?? 0, part.at(-1) ?? 0) : []
      for (const day of part) this.#lines.set(day, [])
      for (const row of rows) this.#lines.get(row.day)?.push(row)
      const after = this.#all.find(({ day }) => day > (part.at(-1) ?? Number.POSITIVE_INFINITY))
      this.#next = after?.day ?? null
      this.#complete ||= this.#next === null
    } while (this.#next !== null && (!this.#complete || performance.now() - began < budget))
  }

  /** The days that are looked up next: one, or more as long as they have few orders together. */
  #part(): number[] {
    const part: number[] = []
    let orders = 0
    for (const { day, open, producing } of this.#all) {
      if (this.#next !== null && day < this.#next) continue
      orders += open + producing
      if (part.length > 0 && orders > partOrders) break
      part.push(day)
    }
    return part
  }
}

async function readLines(first: number, last: number): Promise<DayRow[]> {
  const rows = await container().database.prisma.$queryRaw<DayRow[]>`
    WITH due AS MATERIALIZED (
      SELECT id, state, due_on - DATE '1970-01-01' AS day FROM work_order
      WHERE state IN ('open', 'producing') AND due_on BETWEEN DATE '1970-01-01' + ${first}::int AND DATE '1970-01-01' + ${last}::int
    )
    SELECT day, line::text AS scope, count(*) FILTER (WHERE state = 'open')::int AS open,
      count(*) FILTER (WHERE state = 'producing')::int AS producing
    FROM (
      SELECT day, state, line FROM due CROSS JOIN LATERAL (
        SELECT product_id FROM order_line WHERE order_id = due.id OFFSET 0
      ) AS position JOIN product ON product.id = product_id
      GROUP BY day, state, due.id, line
    ) AS part
    GROUP BY day, line`
  return rows.map((row) => ({ ...row, scope: scope.parse(row.scope) }))
}
