import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Conflation } from './conflation'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** How often it leaves in two seconds in which a value changes every millisecond, and with what in the end. */
function frames(pace?: number): { count: number; last: number[] | undefined } {
  const left: number[][] = []
  const conflation = new Conflation<number>((changed) => left.push(changed), pace)
  for (let now = 1; now <= 2_000; now++) {
    conflation.add('a', now)
    vi.advanceTimersByTime(1)
  }
  vi.advanceTimersByTime(1_000)
  return { count: left.length, last: left.at(-1) }
}

test.each([
  [undefined, 21],
  [1, 3],
  [5, 11],
  [50, 101],
])(
  'at a pace of %s a second, two seconds of changes leave in %i frames, the last of them in the last',
  (pace, count) => {
    expect(frames(pace)).toEqual({ count, last: [2_000] })
  },
)

test.each([
  [0, 1],
  [Number.NEGATIVE_INFINITY, 1],
  [1_000, 50],
])('a pace of %s is one of %i', (pace, meant) => {
  expect(frames(pace)).toEqual(frames(meant))
})

test('what changes after a quiet time leaves at once, however slow the pace', () => {
  const left: string[][] = []
  const conflation = new Conflation<string>((changed) => left.push(changed), 1)
  for (const value of ['one', 'two']) {
    conflation.add('a', value)
    vi.advanceTimersByTime(1)
    expect(left.at(-1)).toEqual([value])
    vi.advanceTimersByTime(1_000)
  }
})
