import type { ClientState } from '#channels/outbound'
import { container } from '#server/container'

/** How an outbound socket stands. Times are milliseconds since 1970. */
export interface ClientStatus {
  state: ClientState
  since: number
  /** How often it was opened. */
  opened: number
  /** How many tries have failed in a row. */
  failures: number
  /** When the next one is made, while it is waiting. */
  retryAt: number | null
  /** Why it is not open, in a sentence; null when that is known. */
  problem: string | null
}

/** The status, observable: each change is a new object, told to everyone who has subscribed. */
export class StatusBoard {
  readonly #listeners = new Set<(status: ClientStatus) => void>()
  #status: ClientStatus = {
    state: 'connecting',
    since: Date.now(),
    opened: 0,
    failures: 0,
    retryAt: null,
    problem: null,
  }

  get current(): ClientStatus {
    return this.#status
  }

  set(change: Partial<ClientStatus> & Pick<ClientStatus, 'state'>): void {
    this.#status = { ...this.#status, since: Date.now(), retryAt: null, ...change }
    for (const listener of this.#listeners) {
      try {
        listener(this.#status)
      } catch (error) {
        container().log.error({ err: error }, 'a listener of an outbound socket failed')
      }
    }
  }

  /** Gives what takes the listener away again. */
  subscribe(listener: (status: ClientStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
