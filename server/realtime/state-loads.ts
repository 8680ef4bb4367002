import { refuse } from '#server/refusal'

/**
 * Lets those who need a state afresh load it a few at a time: after a new epoch everyone does, and whoever is
 * connected already needs the database too.
 */
export class StateLoads {
  #loading = 0
  readonly #waiting: (() => void)[] = []
  readonly #atOnce: number
  readonly #waitAtMost: number

  /** `waitAtMost`, in milliseconds: a client waits 10 s for its answer, and then asks again. */
  constructor({ atOnce = 8, waitAtMost = 8_000 } = {}) {
    this.#atOnce = atOnce
    this.#waitAtMost = waitAtMost
  }

  /** Runs `load` when it is its turn; refuses with `unavailable` when that comes too late to be of use. */
  async run<State>(load: () => Promise<State>): Promise<State> {
    const waited = await this.#turn()
    try {
      if (waited > this.#waitAtMost) refuse('unavailable', 'Too many are coming back at once. It will be tried again.')
      return await load()
    } finally {
      // The turn is handed on, so that nobody who asks now gets in between.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#loading--
    }
  }

  /** Resolves when it is the caller's turn, with how long that took, in milliseconds. */
  async #turn(): Promise<number> {
    if (this.#loading < this.#atOnce) {
      this.#loading++
      return 0
    }
    const asked = performance.now()
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return performance.now() - asked
  }
}
