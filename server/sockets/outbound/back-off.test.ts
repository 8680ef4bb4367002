import { expect, test } from 'vitest'
import { backOff } from './back-off'

test('doubles up to the longest, and is spread over the upper half', () => {
  const times = { first: 100, longest: 1_000 }
  for (const [failures, ceiling] of [
    [1, 100],
    [2, 200],
    [4, 800],
    [5, 1_000],
    [2_000, 1_000],
  ] as const) {
    const waits = Array.from({ length: 200 }, () => backOff(failures, times))
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(ceiling / 2)
    expect(Math.max(...waits)).toBeLessThanOrEqual(ceiling)
    expect(new Set(waits).size).toBeGreaterThan(100)
  }
})
