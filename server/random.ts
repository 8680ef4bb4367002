/** Random numbers that repeat with their seed: mulberry32 (Tommy Ettinger, 2017, public domain). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  pick<One>(all: readonly One[]): One {
    const one = all[this.between(0, all.length - 1)]
    if (one === undefined) throw new Error('There is nothing to pick from.')
    return one
  }

  shuffled<One>(all: readonly One[]): One[] {
    return all
      .map((one) => ({ one, place: this.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ one }) => one)
  }

  /** Numbers for another, which do not depend on how many of these are drawn meanwhile. */
  split(): Random {
    return new Random(this.between(0, 2 ** 32 - 1))
  }
}
