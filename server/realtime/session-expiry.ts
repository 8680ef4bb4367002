import type { LiveSession } from '#server/models/session'
import { closeSessionSockets } from './session-end'

/** setTimeout holds no more than 31 bits of milliseconds; a longer wait is taken in steps. */
const longestWait = 2 ** 31 - 1

/** Closes sockets when their session expires: one timer for the nearest expiry, whatever the number of sockets. */
export class SessionExpiry {
  readonly #sessions = new Map<string, { expiresAt: number; sockets: number }>()
  #timer: NodeJS.Timeout | undefined
  #due = Number.POSITIVE_INFINITY

  /** One more socket of this session. */
  watch({ id, expiresAt }: LiveSession): void {
    const sockets = (this.#sessions.get(id)?.sockets ?? 0) + 1
    this.#sessions.set(id, { expiresAt, sockets })
    if (expiresAt < this.#due) this.#wait(expiresAt)
  }

  /** One socket fewer; with the last the session is forgotten. */
  unwatch({ id }: LiveSession): void {
    const watched = this.#sessions.get(id)
    if (watched && --watched.sockets === 0) this.#sessions.delete(id)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#sessions.clear()
  }

  #wait(due: number): void {
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => this.#expire(), Math.min(due - Date.now(), longestWait)).unref()
  }

  #expire(): void {
    const now = Date.now()
    let next = Number.POSITIVE_INFINITY
    for (const [id, { expiresAt }] of this.#sessions) {
      if (expiresAt > now) next = Math.min(next, expiresAt)
      else {
        this.#sessions.delete(id)
        closeSessionSockets(id, { reason: 'expired', retry: false, at: expiresAt })
      }
    }
    this.#due = Number.POSITIVE_INFINITY
    if (next < Number.POSITIVE_INFINITY) this.#wait(next)
  }
}
