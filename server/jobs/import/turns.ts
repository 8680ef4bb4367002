import { setImmediate as turn } from 'node:timers/promises'

/** For so long at a time the event loop is kept from what else waits, in milliseconds. */
const atMost = 5

/**
 * What works on many small things in this thread asks for a turn between them: it resolves at once while there is time
 * left, and otherwise after sockets and timers had theirs.
 */
export class Turns {
  #since = performance.now()

  async give(): Promise<void> {
    if (performance.now() - this.#since < atMost) return
    await turn()
    this.#since = performance.now()
  }
}

/** How many at a time, so that each takes about `target` milliseconds: as many as the machine manages just now. */
export class Pace {
  #size: number

  constructor(
    private readonly target: number,
    private readonly least: number,
    private readonly most: number,
  ) {
    this.#size = least
  }

  get size(): number {
    return Math.round(this.#size)
  }

  /** `count` took so many milliseconds. It grows by half at a time, so that one lucky measure does no harm. */
  took(count: number, milliseconds: number): void {
    const fits = (count * this.target) / Math.max(milliseconds, 0.1)
    this.#size = Math.min(Math.max(Math.min(fits, this.#size * 1.5), this.least), this.most)
  }
}

/** For how long something has been worked at, over several runs, in milliseconds. */
export class WorkClock {
  readonly #began = performance.now()

  constructor(private readonly before = 0) {}

  get worked(): number {
    return Math.round(this.before + performance.now() - this.#began)
  }
}
