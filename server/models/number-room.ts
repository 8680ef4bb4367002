import { byTitle, type NumberState, numbers, recentLength, seriesRoom } from '#channels/number'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import { firstPaint } from '#server/realtime/first-paint'
import { nextPlace } from './number-free'
import { reservationRow, toReservation, toSeries } from './number-row'
import { readSeries } from './number-series'

/** Refuses with `not-found` when there is neither such a series nor is it the room of all. */
export async function requireNumberRoom(room: string): Promise<void> {
  if (room !== seriesRoom) await readSeries(container().database.prisma, room)
}

/** What a room of the channel holds: every series, or one with its numbers. Refuses with `not-found`. */
export async function readNumbers(room: string, at = new Date()): Promise<NumberState> {
  const { prisma } = container().database
  if (room === seriesRoom) {
    const all = await prisma.numberSeries.findMany()
    return { series: all.map(toSeries).sort(byTitle), next: null, held: [], confirmed: [] }
  }
  const series = await readSeries(prisma, room)
  const next = await nextPlace(prisma, series, at)
  const held = await prisma.numberReservation.findMany({
    where: { seriesKey: room, state: 'reserved' },
    orderBy: [{ year: 'asc' }, { value: 'asc' }],
    select: reservationRow,
  })
  const confirmed = await prisma.numberReservation.findMany({
    // By `until`, which is when it was settled: that has an index.
    where: { seriesKey: room, state: 'confirmed' },
    orderBy: [{ until: 'desc' }, { id: 'desc' }],
    take: recentLength,
    select: reservationRow,
  })
  return { series: [toSeries(series)], next, held: held.map(toReservation), confirmed: confirmed.map(toReservation) }
}

/** A room for the first paint of its page; refuses with `not-found`. */
export function openNumbers(room: string): Promise<FirstPaint<NumberState>> {
  return firstPaint(numbers, room, () => readNumbers(room))
}
