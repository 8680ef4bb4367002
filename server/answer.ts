import type { Refused } from '#channels/wire'
import { container } from '#server/container'
import { isRefusal } from '#server/refusal'

/**
 * What any door answers for an error: a refusal as it stands; anything else by a code alone, with the
 * cause in the log, since an exception's text may hold what is nobody's business.
 */
export function answerFor(error: unknown): Refused {
  if (isRefusal(error)) {
    const { code, message, details } = error
    return { ok: false, code, message, ...details }
  }
  container().log.error({ err: error }, 'request failed')
  if (databaseIsAway(error)) {
    return { ok: false, code: 'unavailable', message: 'The database does not answer. Try again in a moment.' }
  }
  return { ok: false, code: 'internal', message: 'Something failed on the server. Try again.' }
}

/** Prisma's codes for a connection that cannot be had or was lost, or a transaction that could not start in time. */
const away = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])

function databaseIsAway(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && away.has(error.code)
}
