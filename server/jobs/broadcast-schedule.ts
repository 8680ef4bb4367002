import { container } from '#server/container'
import { announceDue } from '#server/models/broadcast'

/** A broadcast that another node planned is noticed by then, in milliseconds; what this node planned, at once. */
const lookEvery = 5_000

/** Tells planned broadcasts when their time has come. Every node has one, and the database sees that each is told once. */
export class BroadcastSchedule {
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> = Promise.resolve()
  #running = false
  #stopped = true

  start(): void {
    this.#stopped = false
    this.look()
  }

  /** Looks now; called when something was planned. */
  look(): void {
    if (this.#stopped || this.#running) return
    clearTimeout(this.#timer)
    this.#running = true
    this.#round = this.#run().then((next) => {
      this.#running = false
      if (this.#stopped) return
      const until = next === null ? lookEvery : Math.max(next - Date.now(), 0)
      this.#timer = setTimeout(() => this.look(), Math.min(until, lookEvery)).unref()
    })
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#round
  }

  /** Never rejects: the next round tries again. */
  async #run(): Promise<number | null> {
    try {
      return await announceDue()
    } catch (error) {
      container().log.warn({ err: error }, 'planned broadcasts could not be told; it is tried again')
      return null
    }
  }
}
