import { container } from '#server/container'
import { freeLock, heldFor, renewEvery, renewLock, takeLock } from '#server/models/busy-lock'

/**
 * One of the nodes at a time holds it, for as long as it asks for it again and again; one that is killed has lost it
 * ten seconds later. (server/models/busy-lock.ts.)
 */
export class Lease {
  #token: string | undefined
  #renewedAt = Number.NEGATIVE_INFINITY

  constructor(private readonly key: string) {}

  /** Whether this node holds it now; takes it when it is free. Rejects when the database cannot be asked. */
  async hold(): Promise<boolean> {
    if (this.#token === undefined) return this.#take()
    if (performance.now() - this.#renewedAt < renewEvery) return true
    const asked = performance.now()
    try {
      if (await renewLock(this.key, this.#token)) {
        this.#renewedAt = asked
        return true
      }
    } catch (error) {
      // The database is away for a moment. Nobody else can have it before it runs out.
      if (performance.now() - this.#renewedAt < heldFor - renewEvery) return true
      this.#token = undefined
      throw error
    }
    this.#token = undefined
    return this.#take()
  }

  /** For the next one to take at once. */
  async free(): Promise<void> {
    const token = this.#token
    this.#token = undefined
    if (token !== undefined) await freeLock(container().database.prisma, this.key, token)
  }

  async #take(): Promise<boolean> {
    const asked = performance.now()
    const taken = await takeLock(container().database.prisma, this.key, null)
    if (!('token' in taken)) return false
    this.#token = taken.token
    this.#renewedAt = asked
    return true
  }
}
