import type { Figures, Level, Scope, Stock } from '#channels/dashboard'
import { type ProductLine, productLine } from '#channels/product'
import { container } from '#server/container'

/** How many products of a line its chart shows, those that lack most, and how many are named as the worst. */
const shown = 24
const named = 5

interface LineRow {
  line: ProductLine
  products: number
  short: number
  stock: number
  minimum: number
  /** Those that lack most, the worst first. */
  levels: Level[]
}

/** What is there of all products, as it was at one moment. */
export class StockLevels {
  constructor(private readonly lines: LineRow[]) {}

  short(of: Scope): Figures['short'] {
    const lines = this.#of(of)
    const worst = lines
      .flatMap(({ levels }) => levels)
      .filter(({ stock, minimum }) => stock < minimum)
      .sort((one, other) => part(one) - part(other) || one.sku.localeCompare(other.sku))
    const sum = (what: 'products' | 'short') => lines.reduce((total, line) => total + line[what], 0)
    return { count: sum('short'), products: sum('products'), worst: worst.slice(0, named) }
  }

  /** By line for the whole workshop, by product for a line. */
  levels(of: Scope): Stock {
    if (of === 'all')
      return { of: 'lines', levels: this.lines.map(({ line, stock, minimum }) => ({ line, stock, minimum })) }
    const [line] = this.#of(of)
    // In an order that does not change while people look.
    const levels = (line?.levels ?? []).toSorted((one, other) => one.sku.localeCompare(other.sku))
    return { of: 'products', levels, more: (line?.products ?? 0) - levels.length }
  }

  #of(of: Scope): LineRow[] {
    return of === 'all' ? this.lines : this.lines.filter(({ line }) => line === of)
  }
}

/** How much of what must be there is there. */
function part({ stock, minimum }: Level): number {
  return stock / Math.max(minimum, 1)
}

export async function readStock(): Promise<StockLevels> {
  const rows = await container().database.prisma.$queryRaw<LineRow[]>`
    SELECT line::text, count(*)::int AS products, count(*) FILTER (WHERE stock < minimum)::int AS short,
      sum(stock)::float8 AS stock, sum(minimum)::float8 AS minimum,
      jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'stock', stock, 'minimum', minimum) ORDER BY place)
        FILTER (WHERE place <= ${shown}) AS levels
    FROM (
      SELECT *, row_number() OVER (PARTITION BY line ORDER BY stock::float8 / greatest(minimum, 1), sku) AS place FROM product
    ) AS ranked
    GROUP BY line`
  const place = ({ line }: LineRow) => productLine.options.indexOf(line)
  return new StockLevels(rows.sort((one, other) => place(one) - place(other)))
}
