/** Finer than any producer, and exact in a double for times of this century; in milliseconds. */
const step = 1 / 1_024

/**
 * Tells the times by which the newest of several values is known: each later than all told or heard before,
 * and as near to the time of day as that allows. So of two values of one millisecond the second is newer,
 * and a node whose clock is behind can still replace what another has published (a hybrid logical clock:
 * Kulkarni et al., "Logical Physical Clocks", 2014).
 */
export class LatestClock {
  #last = 0

  /** Milliseconds since 1970, with a fraction where several fall into one. */
  next(): number {
    this.#last = Math.max(Date.now(), this.#last + step)
    return this.#last
  }

  /** A time that another node has told. */
  hear(at: number): void {
    this.#last = Math.max(this.#last, at)
  }
}
