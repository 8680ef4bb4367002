import {
  type NewSeries,
  newSeries,
  numbers,
  type Series,
  type SeriesEdit,
  seriesEdit,
  seriesRoom,
} from '#channels/number'
import type { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { free, nextPlace } from './number-free'
import { recordLast } from './number-last'
import { toSeries } from './number-row'
import { type CountedSeries, lockSeries, standing } from './number-series'

type Actor = LiveSession['user']

/** Adds a series, beginning with 1. Admins only: `forbidden`; `conflict` when its key or its prefix is taken. */
export async function addSeries(actor: Actor, input: NewSeries): Promise<Series> {
  requireAdmin(actor)
  const given = parseInput(newSeries, input)
  return transaction(async (tx) => {
    await oneAtATime(tx)
    await requireOwnPrefix(tx, given)
    const at = new Date()
    const data = { ...given, year: at.getFullYear(), next: 1 }
    const { count } = await tx.numberSeries.createMany({ data, skipDuplicates: true })
    if (count === 0) refuseField('conflict', 'key', `There is a series ${given.key} already.`)
    return tell(tx, { ...data, version: 0 }, at)
  })
}

/**
 * Changes how a series is written and counted. Admins only: `forbidden`. `conflict` when it has been changed since
 * `version`, when another one has the prefix, or when numbers are held and the way of counting would change; `invalid`
 * when `next` would go back, or a gapless series would leave a gap.
 */
export async function changeSeries(actor: Actor, key: string, input: SeriesEdit): Promise<Series> {
  requireAdmin(actor)
  const { version, next, ...given } = parseInput(seriesEdit, input)
  return transaction(async (tx) => {
    await oneAtATime(tx)
    const before = await lockSeries(tx, key)
    if (before.version !== version) {
      refuse('conflict', 'It has been changed meanwhile. Close this and look at it once more.')
    }
    const at = new Date()
    const now = standing(before, at)
    if (given.prefix !== before.prefix) await requireOwnPrefix(tx, { ...given, key })
    // Numbers of other years may have been written with it, and would be written again.
    if (before.prefix.includes('{year}') && !given.prefix.includes('{year}')) {
      refuseField('invalid', 'prefix', 'Its numbers bear the year: {year} has to stay.')
    }
    await recordLast(tx, actor.id, before)
    const recounted = given.mode !== before.mode || given.yearly !== before.yearly
    if (recounted) await requireNoneHeld(tx, key)
    if (next !== null && next !== now.value) requireRaise(next, now.value, given.mode, before.mode)
    const data = { ...given, year: now.year, next: next ?? now.value, version: version + 1 }
    const changed = await tx.numberSeries.update({ where: { key }, data })
    // What waits to be handed out again goes on with the series.
    if (recounted) {
      const where = { seriesKey: key, state: 'returned', until: free } satisfies Prisma.NumberReservationWhereInput
      if (given.yearly && !before.yearly) await tx.numberReservation.updateMany({ where, data: { year: now.year } })
    }
    return tell(tx, changed, at)
  })
}

/** Two changes at once could each take the same prefix. */
async function oneAtATime(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('number_series'))`
}

async function tell(tx: Transaction, changed: CountedSeries, at: Date): Promise<Series> {
  const series = toSeries(changed)
  const next = await nextPlace(tx, changed, at)
  for (const room of [changed.key, seriesRoom]) tx.publish(numbers, room, 'changed', { series, next })
  return series
}

/** Else two series would write the same number, or have done so. A year in a prefix may be that of any year. */
async function requireOwnPrefix(tx: Transaction, { key, prefix }: Pick<Series, 'key' | 'prefix'>): Promise<void> {
  const others = await tx.numberSeries.findMany({ where: { key: { not: key } }, select: { title: true, prefix: true } })
  const other = others.find((one) => anyYear(one.prefix) === anyYear(prefix))
  if (other) refuseField('conflict', 'prefix', `${other.title} have this prefix.`)
  const like = anyYear(prefix)
    .replaceAll(/[\\^$.|?*+()[\]]/g, '\\$&')
    .replaceAll('{year}', '[0-9]{4}')
  const [written] = await tx.$queryRaw<{ title: string }[]>`
    SELECT title FROM number_series
    WHERE key <> ${key} AND EXISTS (
      SELECT FROM number_reservation WHERE series_key = key AND number ~ ${`^${like}[0-9]+$`})
    LIMIT 1`
  if (written) refuseField('conflict', 'prefix', `${written.title} have written numbers with this prefix.`)
}

const anyYear = (prefix: string) => prefix.replaceAll(/\{year\}|\d{4}/g, '{year}')

async function requireNoneHeld(tx: Transaction, seriesKey: string): Promise<void> {
  const held = await tx.numberReservation.count({ where: { seriesKey, state: 'reserved' } })
  if (held > 0) {
    refuse('conflict', `${held === 1 ? 'A number is' : `${held} numbers are`} held. Mode and year wait for that.`)
  }
}

function requireRaise(next: number, now: number, ...modes: Series['mode'][]): void {
  if (modes.includes('gapless')) refuseField('invalid', 'next', 'A gapless series leaves no number out.')
  if (next < now) refuseField('invalid', 'next', `${now} is next: it can only be raised.`)
}

function requireAdmin(actor: Actor): void {
  if (actor.role !== 'admin') refuse('forbidden', 'Only an admin may change a series.')
}

function refuseField(code: 'conflict' | 'invalid', path: string, message: string): never {
  refuse(code, message, { issues: [{ path, message }] })
}
