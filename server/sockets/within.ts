import { setTimeout as sleep } from 'node:timers/promises'
import { refuse } from '#server/refusal'

/** Waits for `work` so many milliseconds; then refuses with `unavailable`, and lets it go on. */
export async function within<Result>(limit: number, work: Promise<Result>): Promise<Result> {
  const done = new AbortController()
  const late = sleep(limit, undefined, { ref: false, signal: done.signal }).then(() =>
    refuse('unavailable', 'The server could not check the request in time. Try again.'),
  )
  try {
    return await Promise.race([work, late])
  } finally {
    done.abort()
  }
}
