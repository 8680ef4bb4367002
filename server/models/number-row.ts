import { type Reservation, type Series, series } from '#channels/number'
import type { Prisma } from '#server/db/generated/client'

/** What is read of a reservation, for `toReservation`. */
export const reservationRow = {
  id: true,
  seriesKey: true,
  year: true,
  value: true,
  number: true,
  state: true,
  at: true,
  until: true,
  settledAt: true,
  user: { select: { id: true, name: true } },
} satisfies Prisma.NumberReservationSelect

export type ReservationRow = Prisma.NumberReservationGetPayload<{ select: typeof reservationRow }>

/** A reservation as the contract says it. */
export function toReservation({ seriesKey: _, user, at, until, settledAt, ...rest }: ReservationRow): Reservation {
  return { ...rest, by: user, at: at.getTime(), until: until.getTime(), settledAt: settledAt?.getTime() ?? null }
}

/** A series as the contract says it. */
export function toSeries(row: Series): Series {
  return series.parse(row)
}

export async function readReservations(
  client: Pick<Prisma.TransactionClient, 'numberReservation'>,
  ids: string[],
): Promise<Map<string, ReservationRow>> {
  const rows = await client.numberReservation.findMany({ where: { id: { in: ids } }, select: reservationRow })
  return new Map(rows.map((row) => [row.id, row]))
}
