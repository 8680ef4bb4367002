import type { Issue, RefusalCode } from '#channels/wire'

interface Details {
  /** Which fields, with `invalid`. */
  issues?: Issue[]
  /** In how many milliseconds the same will be granted, with `rate-limited`. */
  retryAfter?: number
  /** What stands there instead, with `conflict`; in a shape of the channel's (channels/order.ts). */
  theirs?: unknown
}

/**
 * An expected "no" with a stable code, thrown by models and guards and answered by every door alike:
 * an acknowledgement, a status, a form message. `message` is written for the person.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly details: Details = {},
  ) {
    super(message)
  }
}

export function refuse(code: RefusalCode, message: string, details?: Details): never {
  throw new Refusal(code, message, details)
}

/** By name, not by `instanceof`: Next holds other copies of this class than the server does. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === 'Refusal' && 'code' in error
}
