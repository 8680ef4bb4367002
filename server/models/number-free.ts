import type { Place } from '#channels/number'
import type { Prisma } from '#server/db/generated/client'
import { type CountedSeries, row, standing } from './number-series'

/**
 * `until` of a number that was given back says for how long it is free: without end while it waits to be handed out
 * again, and `taken` once it has been. In a fast series it waits for nobody, and keeps the time of its return.
 * So the index over state and time finds what is free, however many numbers there are.
 */
export const free = new Date('9999-12-31T00:00:00Z')
export const taken = new Date(0)

/**
 * What is given out next: in a gapless series the lowest that was given back. Those of a year that is over stay
 * unused, for a paper of this year must not bear a number of the last.
 */
export async function nextPlace(client: Prisma.TransactionClient, series: CountedSeries, at: Date): Promise<Place> {
  const { year, value } = standing(series, at)
  if (series.mode === 'fast') return { year, value }
  const [lowest] = await findFree(client, series, year, 1)
  return { year, value: lowest?.value ?? value }
}

/**
 * Takes the next places of a gapless series, those given back first, lowest first. For who holds the series' lock.
 * Resolves with what is next after them too.
 */
export async function takePlaces(
  tx: Prisma.TransactionClient,
  series: CountedSeries,
  count: number,
  at: Date,
): Promise<{ places: Place[]; next: Place }> {
  const { year, value } = standing(series, at)
  const found = await findFree(tx, series, year, count + 1)
  const again = found.slice(0, count)
  const fresh = row({ year, value }, count - again.length)
  if (again.length > 0) {
    const ids = again.map(({ id }) => id)
    await tx.numberReservation.updateMany({ where: { id: { in: ids } }, data: { until: taken } })
  }
  const next = value + fresh.length
  await tx.numberSeries.update({ where: { key: series.key }, data: { year, next }, select: { key: true } })
  const places = [...again.map(({ value }) => ({ year, value })), ...fresh]
  return { places, next: { year, value: found[count]?.value ?? next } }
}

function findFree(client: Prisma.TransactionClient, { key, yearly }: CountedSeries, year: number, most: number) {
  return client.numberReservation.findMany({
    where: { seriesKey: key, state: 'returned', until: free, ...(yearly && { year }) },
    orderBy: { value: 'asc' },
    take: most,
    select: { id: true, value: true },
  })
}
