import { expect, test } from 'vitest'
import { eventually } from '#server/test-wait'
import { MinuteLedger, type MinuteRow, type MinuteSource } from './minute-ledger'

const minute = 60_000
const now = 1_000 * minute + 20_000

/** A table in memory, read as the real ones are: in parts of so many rows. */
function table(partRows: number) {
  const rows: { at: number; cents: number }[] = []
  const reads: { from: number; to: number; rows: number }[] = []
  const within = (from: number, to: number) => rows.filter(({ at }) => at >= from && at < to)
  const source: MinuteSource = {
    partEnd: async (from, to) => {
      const next = within(from, to).sort((one, other) => one.at - other.at)[partRows]
      return next ? Math.max(next.at, from + 1) : to
    },
    read: async (from, to) => {
      const found = within(from, to)
      reads.push({ from, to, rows: found.length })
      return found.map(
        ({ at, cents }): MinuteRow => ({ minute: Math.floor(at / minute), scope: 'all', count: 1, cents }),
      )
    },
  }
  return { rows, reads, source }
}

test('what is before the first minute does not count, and what has become so is forgotten', async () => {
  const { rows, source } = table(10)
  rows.push({ at: 899 * minute, cents: 1 }, { at: 900 * minute, cents: 2 }, { at: now, cents: 4 })
  const ledger = new MinuteLedger(source)
  await ledger.follow(900, now)
  expect(ledger.sum('all', 0, 1_001)).toEqual({ count: 2, cents: 6 })
  await ledger.follow(901, now)
  expect(ledger.sum('all', 0, 1_001)).toEqual({ count: 1, cents: 4 })
  expect(ledger.sum('frames', 0, 1_001)).toEqual({ count: 0, cents: 0 })
})

test('however much there is, no part is larger than it may be, even within one minute', async () => {
  const { rows, reads, source } = table(10)
  for (let nth = 0; nth < 1_000; nth++) rows.push({ at: 950 * minute + nth * 7, cents: 1 })
  const ledger = new MinuteLedger(source)
  await ledger.follow(900, now)
  expect(ledger.at('all', 950)).toEqual({ count: 1_000, cents: 1_000 })
  expect(Math.max(...reads.map((one) => one.rows))).toBe(10)
})

test('many of one millisecond are of one part, and counted once', async () => {
  const { rows, source } = table(10)
  for (let nth = 0; nth < 50; nth++) rows.push({ at: 950 * minute, cents: 1 }, { at: 950 * minute + 1, cents: 1 })
  const ledger = new MinuteLedger(source)
  await ledger.follow(900, now)
  expect(ledger.at('all', 950).count).toBe(100)
})

test('what is new counts, and what is changed later, by the time the round has come there', async () => {
  const { rows, source } = table(10)
  for (let nth = 0; nth < 100; nth++) rows.push({ at: (900 + nth) * minute, cents: 1 })
  const ledger = new MinuteLedger(source)
  await ledger.follow(900, now)
  rows.push({ at: now, cents: 5 })
  rows.shift()
  // The open minutes are left alone for the longer, the longer they took.
  await eventually(async () => {
    await ledger.follow(900, now)
    expect(ledger.at('all', 1_000)).toEqual({ count: 1, cents: 5 })
    expect(ledger.sum('all', 900, 1_001)).toEqual({ count: 100, cents: 104 })
  })
})

test('each time it reads what is open and one part, not all there is', async () => {
  const { rows, reads, source } = table(10)
  for (let nth = 0; nth < 5_000; nth++) rows.push({ at: (1 + (nth % 990)) * minute, cents: 1 })
  const ledger = new MinuteLedger(source)
  await ledger.follow(1, now)
  reads.length = 0
  await ledger.follow(1, now + minute)
  // One minute may hold more than a part; then it is read in several.
  expect(reads.reduce((sum, one) => sum + one.rows, 0)).toBeLessThan(30)
})
