import { heldFor, numbers, type Place, type Reservation, type Series, writeNumber } from '#channels/number'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { Gather } from '#server/gather'
import { admit, answerOf, type Wish } from './number-admit'
import { publishReturned, returnOverdue } from './number-expiry'
import { takePlaces } from './number-free'
import { lockSeries, readSeries, takeBlock } from './number-series'

type Answer = (wish: Wish) => Promise<Reservation>

/** Those of one series who ask at once are served together, by one transaction. */
const gathered = new Map<string, Gather<Wish, Reservation>>()

/**
 * Holds the next number for a person. Asking again with the same id answers the same number, also once it is
 * confirmed. Refuses with `not-found`, and with `conflict` when it was given back since, when the id is another's, or
 * when one holds too many.
 */
export async function reserveNumber(actor: Wish['actor'], key: string, { id }: { id: string }): Promise<Reservation> {
  // Only for series that there are: a name out of the air must not stay here.
  if (!gathered.has(key)) await readSeries(container().database.prisma, key)
  const gather = gathered.get(key) ?? new Gather<Wish, Reservation>((wishes) => reserveNumbers(key, wishes))
  gathered.set(key, gather)
  return gather.ask({ actor, id })
}

/** The same for many at once, in the order given. `at` decides in which year that is. */
export async function reserveNumbers(key: string, wishes: Wish[], at = new Date()): Promise<Answer> {
  const { mode } = await readSeries(container().database.prisma, key)
  const answer = await (mode === 'fast' ? reserveFast(key, wishes, at) : reserveGapless(key, wishes, at))
  // Meanwhile the mode has changed, or one of the ids was used: then it is known now.
  return answer ?? reserveNumbers(key, wishes, at)
}

/**
 * The counter is moved by a statement of its own: nobody waits until these are written, and who fails leaves a gap.
 * Nobody is locked either: who asks on two nodes at the same instant may come to hold a few more than they should.
 */
async function reserveFast(key: string, wishes: Wish[], at: Date): Promise<Answer | undefined> {
  const { prisma } = container().database
  const admitted = await admit(prisma, key, wishes)
  const { fresh } = admitted
  if (fresh.length === 0) return async (wish) => answerOf(key, admitted, new Map(), wish)
  const block = await takeBlock(prisma, key, fresh.length, at)
  if (!block) return undefined
  const next = { year: block.year, value: block.value + fresh.length }
  const made = await transaction((tx) => hold(tx, { key, ...block }, fresh, [...block.places, next]))
  return made.size < fresh.length ? undefined : async (wish) => answerOf(key, admitted, made, wish)
}

/** One after the other, by the lock of the series: whoever rolls back has taken nothing. */
async function reserveGapless(key: string, wishes: Wish[], at: Date): Promise<Answer | undefined> {
  const usedMeanwhile = new Error('An id was used meanwhile.')
  const work = async (tx: Transaction): Promise<Answer | undefined> => {
    const series = await lockSeries(tx, key)
    if (series.mode !== 'gapless') return undefined
    const overdue = await returnOverdue(tx, series)
    const admitted = await admit(tx, key, wishes)
    const { places, next } = await takePlaces(tx, series, admitted.fresh.length, at)
    publishReturned(tx, key, overdue, { next: places[0] ?? next, expired: true })
    const made = await hold(tx, series, admitted.fresh, [...places, next])
    if (made.size < admitted.fresh.length) throw usedMeanwhile
    return async (wish) => answerOf(key, admitted, made, wish)
  }
  return transaction(work).catch((error: unknown) => {
    if (error === usedMeanwhile) return undefined
    throw error
  })
}

/**
 * Writes down who holds what and tells the room; `places` has one more than there are wishes: what is next. Those
 * whose id is used already are left out. In the order of their ids, so that no two nodes wait for each other.
 */
async function hold(
  tx: Transaction,
  series: Pick<Series, 'key' | 'prefix' | 'padding'>,
  wishes: Wish[],
  places: Place[],
): Promise<Map<string, Reservation>> {
  const ids = wishes.map(({ id }) => id)
  const people = wishes.map(({ actor }) => actor.id)
  const values = places.slice(0, wishes.length).map(({ value }) => value)
  const written = places.slice(0, wishes.length).map((place) => writeNumber(series, place))
  const inserted = await tx.$queryRaw<{ id: string; at: Date; until: Date }[]>`
    INSERT INTO number_reservation (id, series_key, year, value, number, user_id, at, until)
    SELECT id, ${series.key}, ${places[0]?.year}::int, value, number, person, now, now + ${heldFor} * interval '1 ms'
    FROM unnest(${ids}::uuid[], ${values}::int[], ${written}::text[], ${people}::uuid[]) AS _ (id, value, number, person),
      (SELECT clock_timestamp() AS now) AS clock
    ORDER BY id
    ON CONFLICT (id) DO NOTHING RETURNING id::text, at, until`
  const times = new Map(inserted.map(({ id, at, until }) => [id, { at: at.getTime(), until: until.getTime() }]))
  const made = new Map<string, Reservation>()
  for (const [nth, { id, actor }] of wishes.entries()) {
    const [place, next, time] = [places[nth], places[nth + 1], times.get(id)]
    if (!place || !next || !time) continue
    const by = { id: actor.id, name: actor.name }
    const number = writeNumber(series, place)
    const reservation: Reservation = { id, ...place, number, by, state: 'reserved', ...time, settledAt: null }
    made.set(id, reservation)
    tx.publish(numbers, series.key, 'reserved', { reservation, next })
  }
  if (made.size > 0) tx.afterCommit(() => container().work.numbers.look())
  return made
}
