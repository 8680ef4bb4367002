import type { Ended } from '#channels/wire'
import { container } from '#server/container'
import { touchApiKey } from '#server/models/api-key'
import { type Admission, readmit } from './admission'

/** setTimeout holds no more than 31 bits of milliseconds; a longer wait is taken in steps. */
const longestWait = 2 ** 31 - 1
/** How often the use of an API key is noted, in milliseconds. */
const noteEvery = 60_000

interface Told {
  ended(ended: Ended): void
  /** Who it is may have changed: a name, a role. */
  readmitted(admission: Admission): void
}

/**
 * A socket lives as long as what it was opened with. An end in the meantime is told by those who made it;
 * this looks again by itself when the socket has just opened, since an end between the admission and that moment
 * found no socket to close, and when the time is up, which may have been put off.
 */
export class Lifetime {
  #timer: NodeJS.Timeout | undefined
  #over = false
  /** Counts the looks: of two, the older may be the last to be answered. */
  #looks = 0
  /** By `performance.now()`. The admission has noted the first use. */
  #notedAt = performance.now()

  constructor(
    private admission: Admission,
    private readonly told: Told,
  ) {}

  /** Ends the socket with `restarting` when it cannot be known: not knowing is no reason to stay. */
  async look(): Promise<void> {
    if (!this.admission.session && !this.admission.apiKey) return
    const look = ++this.#looks
    try {
      const now = await readmit(this.admission)
      if (this.#over || look !== this.#looks) return
      if ('reason' in now) return this.told.ended(now)
      this.admission = now
      this.told.readmitted(now)
      const { expiresAt } = now.session ?? now.apiKey ?? { expiresAt: null }
      if (expiresAt !== null) this.#wait(expiresAt)
    } catch (error) {
      container().log.error({ err: error }, 'a socket could not be readmitted')
      this.told.ended({ reason: 'restarting', retry: true })
    }
  }

  /** Something came in: an API key is in use for as long as its sockets are. */
  used(): void {
    const { apiKey } = this.admission
    const now = performance.now()
    if (!apiKey || now - this.#notedAt < noteEvery) return
    this.#notedAt = now
    touchApiKey(apiKey.id).catch((error: unknown) => {
      container().log.warn({ err: error }, 'the use of an API key could not be noted')
    })
  }

  stop(): void {
    this.#over = true
    clearTimeout(this.#timer)
  }

  #wait(until: number): void {
    clearTimeout(this.#timer)
    const wait = Math.min(Math.max(until - Date.now(), 0), longestWait)
    this.#timer = setTimeout(() => void this.look(), wait).unref()
  }
}
