import { container } from '#server/container'

/** What another node has planned is noticed by then, in milliseconds; what this node planned, at once. */
const lookEvery = 5_000

/**
 * Does what has a time when that has come. Every node looks, and the database sees that each thing is done once: a
 * killed node takes nothing with it.
 */
export class Due {
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> = Promise.resolve()
  #running = false
  #again = false
  #stopped = true

  /**
   * `act` does what is due, and resolves with when the next is (milliseconds since 1970), or null when nothing is
   * planned. What it rejects with is logged under `name`, and tried again.
   */
  constructor(
    private readonly name: string,
    private readonly act: () => Promise<number | null>,
  ) {}

  start(): void {
    this.#stopped = false
    this.look()
  }

  /** Looks now; called when something was planned. */
  look(): void {
    if (this.#stopped) return
    // The look under way may have read before this was planned.
    if (this.#running) {
      this.#again = true
      return
    }
    clearTimeout(this.#timer)
    this.#running = true
    this.#round = this.#run().then((next) => {
      this.#running = false
      if (this.#stopped) return
      const until = next === null ? lookEvery : Math.max(next - Date.now(), 0)
      const wait = this.#again ? 0 : Math.min(until, lookEvery)
      this.#again = false
      this.#timer = setTimeout(() => this.look(), wait).unref()
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
      return await this.act()
    } catch (error) {
      container().log.warn({ err: error, work: this.name }, 'what is due could not be done; it is tried again')
      return null
    }
  }
}
