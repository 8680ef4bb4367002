import type { RefusalCode } from '#channels/wire'

/** The HTTP status that says the same as each code, for every door that speaks HTTP. */
export const statusOf: Record<RefusalCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  'not-joined': 409,
  invalid: 400,
  conflict: 409,
  'rate-limited': 429,
  'not-found': 404,
  'too-large': 413,
  unavailable: 503,
  internal: 500,
}
