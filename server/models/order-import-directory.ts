import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import type { Directory } from '#server/jobs/import/order-check'

interface Wanted {
  customer: string
  reference: string
  rows: readonly { cells: { sku: string } }[]
}

interface Known {
  customerId: string
  reference: string
  number: string
  own: boolean
}

type Customer = NonNullable<ReturnType<Directory['customer']>>

const keyOf = (customerId: string, reference: string) => `${customerId}/${reference}`

/**
 * What a file of orders names, asked for a batch at a time and, but for the orders, once: a file of any size costs few
 * and small queries, and the workshop may have any number of customers and products.
 */
export class ImportDirectory implements Directory {
  readonly #customers = new Map<number, Customer | undefined>()
  readonly #products = new Map<string, string | undefined>()
  #ordered = new Map<string, Known>()

  constructor(private readonly jobId: string) {}

  customer(number: number): Customer | undefined {
    return this.#customers.get(number)
  }

  product(sku: string): string | undefined {
    return this.#products.get(sku)
  }

  ordered(customerId: string, reference: string): Known | undefined {
    return this.#ordered.get(keyOf(customerId, reference))
  }

  /** Asks for what these name, and forgets the orders of those before. */
  async learn(wanted: readonly Wanted[]): Promise<void> {
    const { customer, product } = container().database.prisma
    const numbers = missing(
      this.#customers,
      wanted.map((one) => numberOf(one.customer)),
    )
    if (numbers.length > 0) {
      const sites = { select: { id: true, name: true }, orderBy: { name: 'asc' } } as const
      const found = await customer.findMany({
        where: { number: { in: numbers } },
        select: { id: true, number: true, sites },
      })
      for (const number of numbers) this.#customers.set(number, undefined)
      for (const { number, ...one } of found) this.#customers.set(number, one)
    }
    const skus = missing(
      this.#products,
      wanted.flatMap(({ rows }) => rows.map(({ cells }) => cells.sku)),
    )
    if (skus.length > 0) {
      const found = await product.findMany({ where: { sku: { in: skus } }, select: { id: true, sku: true } })
      for (const sku of skus) this.#products.set(sku, undefined)
      for (const { id, sku } of found) this.#products.set(sku, id)
    }
    const named = wanted.flatMap(({ reference, customer: number }) => {
      const known = this.#customers.get(numberOf(number) ?? -1)
      return known && reference ? [{ customerId: known.id, reference }] : []
    })
    const ordered = await findOrdered(container().database.prisma, this.jobId, named)
    this.#ordered = new Map(ordered.map((one) => [keyOf(one.customerId, one.reference), one]))
  }
}

/** Those of the names that are taken, with the orders that have them. `own` are those which this import has placed. */
export async function findOrdered(
  client: Pick<Prisma.TransactionClient, '$queryRaw'>,
  jobId: string,
  named: readonly { customerId: string; reference: string | null }[],
): Promise<Known[]> {
  if (named.length === 0) return []
  return client.$queryRaw`
    SELECT work_order.customer_id AS "customerId", work_order.reference, number,
      import_id IS NOT DISTINCT FROM ${jobId}::uuid AS own
    FROM jsonb_to_recordset(${JSON.stringify(named)}::jsonb) AS named("customerId" uuid, reference text)
    JOIN work_order ON work_order.customer_id = named."customerId" AND work_order.reference = named.reference`
}

/** As the column can hold it. */
function numberOf(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function missing<Key>(known: Map<Key, unknown>, keys: readonly (Key | undefined)[]): Key[] {
  return [...new Set(keys)].filter((key): key is Key => key !== undefined && !known.has(key))
}
