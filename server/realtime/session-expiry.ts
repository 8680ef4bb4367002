import type { LiveSession } from '#server/models/session'
import { closeSessionSockets } from './session-end'

/** setTimeout holds no more than 31 bits of milliseconds; a longer wait is taken in steps. */
const longestWait = 2 ** 31 - 1

/** Closes sockets when their session expires: one timer for the nearest expiry, whatever the number of sockets. */
export class SessionExpiry {
  readonly #expiries = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #due = Number.POSITIVE_INFINITY

  watch({ id, expiresAt }: LiveSession): void {
    this.#expiries.set(id, expiresAt)
    if (expiresAt < this.#due) this.#wait(expiresAt)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#expiries.clear()
  }

  #wait(due: number): void {
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => this.#expire(), Math.min(due - Date.now(), longestWait)).unref()
  }

  #expire(): void {
    const now = Date.now()
    let next = Number.POSITIVE_INFINITY
    for (const [id, expiresAt] of this.#expiries) {
      if (expiresAt > now) next = Math.min(next, expiresAt)
      else {
        this.#expiries.delete(id)
        closeSessionSockets(id, { reason: 'expired', retry: false, at: expiresAt })
      }
    }
    this.#due = Number.POSITIVE_INFINITY
    if (next < Number.POSITIVE_INFINITY) this.#wait(next)
  }
}
