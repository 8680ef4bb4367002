import { heldFor, heldMost, numbers, type Reservation } from '#channels/number'
import { type Transaction, transaction } from '#server/db/transaction'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { refuseTooMany } from './number-admit'
import { publishReturned, returnOverdue } from './number-expiry'
import { nextPlace, taken } from './number-free'
import { type ReservationRow, readReservations, toReservation } from './number-row'
import { lockSeries } from './number-series'

type Actor = LiveSession['user']

/**
 * Holds a number for two minutes more that one has given back, or whose time was over. Refuses with `not-found`,
 * `forbidden`, and `conflict` when somebody else has got it, when it is confirmed, or when one holds too many.
 */
export async function holdAgain(actor: Actor, key: string, { id }: { id: string }): Promise<Reservation> {
  return transaction(async (tx) => {
    const at = new Date()
    const series = await lockSeries(tx, key)
    const overdue = await returnOverdue(tx, series)
    publishReturned(tx, key, overdue, { next: await nextPlace(tx, series, at), expired: true })
    const before = await readOwn(tx, actor, key, id)
    if (before.state === 'reserved') return toReservation(before)
    if (before.state === 'confirmed') refuse('conflict', `${before.number} is confirmed.`)
    const held = await tx.numberReservation.count({ where: { seriesKey: key, userId: actor.id, state: 'reserved' } })
    if (held >= heldMost) refuseTooMany()
    const again = await tx.$executeRaw`
      UPDATE number_reservation SET state = 'reserved', settled_at = NULL, at = statement_timestamp(),
        until = statement_timestamp() + ${heldFor} * interval '1 ms'
      WHERE id = ${id}::uuid AND state = 'returned' AND until <> ${taken}::timestamptz`
    if (again === 0) refuse('conflict', `Somebody else has got ${before.number} meanwhile.`)
    const reservation = toReservation(await readOwn(tx, actor, key, id))
    tx.publish(numbers, key, 'reserved', { reservation, next: await nextPlace(tx, series, at) })
    return reservation
  })
}

async function readOwn(tx: Transaction, actor: Actor, key: string, id: string): Promise<ReservationRow> {
  const row = (await readReservations(tx, [id])).get(id)
  if (row?.seriesKey !== key) refuse('not-found', 'There is no such reservation.')
  if (row.user.id !== actor.id) refuse('forbidden', `${row.user.name} reserved ${row.number}.`)
  return row
}
