import { numbers, type Place, type Reservation } from '#channels/number'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { free, nextPlace } from './number-free'
import { readReservations, toReservation } from './number-row'
import { type CountedSeries, lockSeries } from './number-series'

/**
 * Takes back what was held for too long, on whichever node first. Resolves with when the next is due (milliseconds
 * since 1970), or null when nothing is held. By the database's clock alone.
 */
export async function returnExpired(): Promise<number | null> {
  for (;;) {
    const [first] = await container().database.prisma.$queryRaw<{ key: string; wait: number }[]>`
      SELECT series_key AS key, (extract(epoch FROM until - clock_timestamp()) * 1000)::float8 AS wait
      FROM number_reservation WHERE state = 'reserved' ORDER BY until LIMIT 1`
    if (!first || first.wait > 0) return first ? Date.now() + Math.ceil(first.wait) : null
    await transaction(async (tx) => {
      const series = await lockSeries(tx, first.key)
      const returned = await returnOverdue(tx, series)
      publishReturned(tx, first.key, returned, { next: await nextPlace(tx, series, new Date()), expired: true })
    })
  }
}

/** Those of one series whose time is over, but not one that is being confirmed just now. For who holds its lock. */
export async function returnOverdue(tx: Transaction, { key, mode }: CountedSeries): Promise<Reservation[]> {
  const overdue = await tx.$queryRaw<{ id: string }[]>`
    UPDATE number_reservation SET state = 'returned', settled_at = statement_timestamp(),
      until = CASE WHEN ${mode === 'gapless'}::boolean THEN ${free}::timestamptz ELSE statement_timestamp() END
    WHERE id IN (
      SELECT id FROM number_reservation
      WHERE state = 'reserved' AND until <= statement_timestamp() AND series_key = ${key}
      ORDER BY id FOR UPDATE SKIP LOCKED
    ) RETURNING id::text`
  if (overdue.length === 0) return []
  const rows = await readReservations(
    tx,
    overdue.map(({ id }) => id),
  )
  return [...rows.values()].map(toReservation).sort((one, other) => one.year - other.year || one.value - other.value)
}

export function publishReturned(
  tx: Transaction,
  key: string,
  returned: Reservation[],
  { next, expired }: { next: Place; expired: boolean },
): void {
  for (const reservation of returned) tx.publish(numbers, key, 'returned', { reservation, next, expired })
}
