import { randomUUID } from 'node:crypto'
import { writeNumber } from '#channels/number'
import type { Transaction } from '#server/db/transaction'
import { taken } from './number-free'
import type { CountedSeries } from './number-series'

/**
 * Puts the last number of a series on record before the series is changed. One taken in a block has no row, and without
 * one nothing would say that numbers were written with this prefix. It stands there as one that was handed on: nobody
 * holds it, and nobody gets it. For who holds the series' lock.
 */
export async function recordLast(tx: Transaction, userId: string, series: CountedSeries): Promise<void> {
  const { key: seriesKey, yearly, year } = series
  const value = series.next - 1
  if (value < 1) return
  if (await tx.numberReservation.count({ where: { seriesKey, value, ...(yearly && { year }) } })) return
  const number = writeNumber(series, { year, value })
  const state = { state: 'returned', until: taken, settledAt: new Date() } as const
  await tx.numberReservation.create({ data: { id: randomUUID(), seriesKey, year, value, number, userId, ...state } })
}
