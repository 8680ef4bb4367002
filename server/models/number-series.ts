import { type NewSeries, numbers, type Place, type Series, writeNumber } from '#channels/number'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { transaction } from '#server/db/transaction'
import { refuse } from '#server/refusal'

export type { NewSeries }

type Client = Pick<Prisma.TransactionClient, '$queryRaw'>

/** A series with what it has come to. `next` counts within `year` when it begins anew each year. */
export interface CountedSeries extends Series {
  year: number
  next: number
}

/** Makes the series that are not there yet; the others stay as they are. */
export async function createSeries(series: NewSeries[]): Promise<void> {
  const year = new Date().getFullYear()
  const data = series.map((one) => ({ ...one, year, next: 1 }))
  await container().database.prisma.numberSeries.createMany({ data, skipDuplicates: true })
}

/** As it is now; refuses with `not-found`. */
export async function readSeries(client: Prisma.TransactionClient, key: string): Promise<CountedSeries> {
  return (await client.numberSeries.findUnique({ where: { key } })) ?? missing()
}

/** The same, and nobody else has it until the commit. */
export async function lockSeries(client: Client, key: string): Promise<CountedSeries> {
  const [series] = await client.$queryRaw<CountedSeries[]>`
    SELECT key, title, prefix, padding, yearly, mode::text, year, next, version
    FROM number_series WHERE key = ${key} FOR UPDATE`
  return series ?? missing()
}

/**
 * Where the series stands at this time. The year never goes back, so that nodes whose clocks differ do not begin a
 * year twice.
 */
export function standing({ yearly, year, next }: CountedSeries, at: Date): Place {
  const now = Math.max(year, at.getFullYear())
  return { year: now, value: yearly && now > year ? 1 : next }
}

/**
 * So many numbers in a row of a fast series, for good, by one statement: nobody waits for what is done with them, and
 * who then fails leaves a gap. Undefined when there is no fast series of this key.
 */
export async function takeBlock(client: Client, key: string, count: number, at: Date) {
  const year = at.getFullYear()
  const [taken] = await client.$queryRaw<(Pick<Series, 'prefix' | 'padding'> & Place)[]>`
    UPDATE number_series SET
      next = CASE WHEN yearly AND year < ${year}::int THEN 1 ELSE next END + ${count}::int,
      year = greatest(year, ${year}::int)
    WHERE key = ${key} AND mode = 'fast' RETURNING prefix, padding, year, next - ${count}::int AS value`
  return taken && { ...taken, places: row(taken, count) }
}

/** So many places one after the other. */
export function row({ year, value }: Place, count: number): Place[] {
  return Array.from({ length: count }, (_, nth) => ({ year, value: value + nth }))
}

/**
 * So many numbers in a row, for good: whoever then fails leaves a gap, so this is not for gapless series. Called
 * before the transaction that needs them, so that nobody else waits for that. `not-found` without such a series.
 */
export async function takeNumbers(key: string, count: number, at = new Date()): Promise<string[]> {
  return transaction(async (tx) => {
    const taken = await takeBlock(tx, key, count, at)
    if (!taken) return missing()
    tx.publish(numbers, key, 'taken', { year: taken.year, value: taken.value + count })
    return taken.places.map((place) => writeNumber(taken, place))
  })
}

function missing(): never {
  refuse('not-found', 'There is no such series of numbers.')
}
