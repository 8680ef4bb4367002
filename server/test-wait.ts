import { vi } from 'vitest'

/** How long a test waits for what must come: long enough for a machine that is busy with others, in milliseconds. */
const within = { timeout: 15_000, interval: 20 }

/** Resolves with what `check` returns once it no longer throws; with a promise, once that is kept. */
export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, within)
}

/** Resolves with what `condition` returns once that is truthy. */
export function until<Result>(condition: () => Result | Promise<Result>) {
  return vi.waitUntil(condition, within)
}
