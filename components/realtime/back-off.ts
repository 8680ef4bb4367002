const first = 500
const longest = 15_000

/**
 * How long to wait before try `failures` (from 0), in milliseconds: doubling, and spread over its upper
 * half, so that a thousand clients cut at once do not return at once
 * (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: equal jitter).
 */
export function backOff(failures: number): number {
  const ceiling = Math.min(longest, first * 2 ** failures)
  return Math.round(ceiling / 2 + (Math.random() * ceiling) / 2)
}
