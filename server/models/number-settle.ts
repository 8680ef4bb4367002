import { numbers, type Reservation } from '#channels/number'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { Gather } from '#server/gather'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { whyReturned } from './number-admit'
import { publishReturned } from './number-expiry'
import { free, nextPlace } from './number-free'
import { type ReservationRow, readReservations, toReservation } from './number-row'
import { lockSeries, readSeries } from './number-series'

type Actor = LiveSession['user']

interface Settling {
  actor: Actor
  key: string
  id: string
  as: 'confirmed' | 'returned'
}

/** Those who settle at once are served together, by one transaction for each series. */
const settling = new Gather(settleAll)

/**
 * One has the number for good. Doing so twice is no error. Refuses with `not-found`, `forbidden` when another holds
 * it, and `conflict` when it was given back or its time is over.
 */
export function confirmNumber(actor: Actor, key: string, { id }: { id: string }): Promise<Reservation> {
  return settling.ask({ actor, key, id, as: 'confirmed' })
}

/**
 * The number is nobody's again; in a gapless series it is handed out anew. Doing so twice is no error. An admin may
 * do it for others. Refuses as `confirmNumber` does, and with `conflict` when it is confirmed.
 */
export function giveBackNumber(actor: Actor, key: string, { id }: { id: string }): Promise<Reservation> {
  return settling.ask({ actor, key, id, as: 'returned' })
}

async function settleAll(all: Settling[]): Promise<(one: Settling) => Promise<Reservation>> {
  const answers = new Map<string, Awaited<ReturnType<typeof settleIn>>>()
  for (const key of new Set(all.map(({ key }) => key))) {
    const ofOne = all.filter((one) => one.key === key)
    answers.set(key, await settleIn(key, ofOne))
  }
  return async (one) => answerOf(one, answers.get(one.key)?.get(one.id))
}

async function settleIn(key: string, all: Settling[]): Promise<Map<string, ReservationRow>> {
  if (!(await container().database.prisma.numberSeries.count({ where: { key } }))) return new Map()
  return transaction(async (tx) => {
    const read = await readSeries(tx, key)
    // What is next is told in turn: in a gapless series a number that comes back may be it.
    const locks = read.mode === 'gapless' && all.some(({ as }) => as === 'returned')
    const series = locks ? await lockSeries(tx, key) : read
    const ids = all.map(({ id }) => id)
    const states = all.map(({ as }) => as)
    const people = all.map(({ actor }) => actor.id)
    const admins = all.map(({ actor }) => actor.role === 'admin')
    // Locked in the order of their ids, so that no two can wait for each other.
    const settled = await tx.$queryRaw<{ id: string }[]>`
      WITH asked AS (
        SELECT * FROM unnest(${ids}::uuid[], ${states}::text[], ${people}::uuid[], ${admins}::boolean[])
          AS _ (id, state, person, admin)
      ), locked AS (
        SELECT id FROM number_reservation WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE
      )
      UPDATE number_reservation AS held SET state = asked.state::reservation_state, settled_at = statement_timestamp(),
        until = CASE WHEN asked.state = 'returned' AND ${series.mode === 'gapless'}::boolean
          THEN ${free}::timestamptz ELSE statement_timestamp() END
      FROM asked JOIN locked USING (id)
      WHERE held.id = asked.id AND held.series_key = ${key} AND held.state = 'reserved'
        AND (held.user_id = asked.person OR asked.admin AND asked.state = 'returned')
        AND (asked.state = 'returned' OR held.until > clock_timestamp())
      RETURNING held.id::text`
    const rows = await readReservations(tx, ids)
    const now = settled.flatMap(({ id }) => rows.get(id) ?? []).map(toReservation)
    for (const reservation of now)
      if (reservation.state === 'confirmed') tx.publish(numbers, key, 'confirmed', reservation)
    const returned = now.filter(({ state }) => state === 'returned')
    if (returned.length > 0) {
      publishReturned(tx, key, returned, { next: await nextPlace(tx, series, new Date()), expired: false })
    }
    return rows
  })
}

function answerOf({ actor, key, as }: Settling, row: ReservationRow | undefined): Reservation {
  if (row?.seriesKey !== key) refuse('not-found', 'There is no such reservation.')
  const mayReturn = as === 'returned' && actor.role === 'admin'
  if (row.user.id !== actor.id && !mayReturn) refuse('forbidden', `${row.user.name} holds ${row.number}.`)
  const reservation = toReservation(row)
  if (reservation.state === as) return reservation
  if (reservation.state === 'confirmed') refuse('conflict', `${row.number} is confirmed and cannot be given back.`)
  if (reservation.state === 'returned') refuse('conflict', `${row.number} ${whyReturned(reservation)}`)
  // Its time is over, and it is about to be taken back.
  refuse('conflict', `${row.number} was held for two minutes and goes back.`)
}
