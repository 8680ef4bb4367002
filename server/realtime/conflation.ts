/** How many times a second, where nobody says otherwise, and at most. */
export const usualPace = 10
const fastestPace = 50

/**
 * Lets what changes leave so many times a second at most, all of it together and of each name only the newest.
 * What changes after a quiet time leaves at once, and what changed last always leaves.
 */
export class Conflation<Value> {
  #changed = new Map<string, Value>()
  #resting = false
  /** From one leaving to the next, in milliseconds. */
  readonly #leaveEvery: number

  /** `pace` is how many times a second: 1 to 50, else the nearest of these. */
  constructor(
    private readonly leave: (changed: Value[]) => void,
    pace: number = usualPace,
  ) {
    this.#leaveEvery = 1_000 / Math.min(fastestPace, Math.max(1, pace))
  }

  add(name: string, value: Value): void {
    this.#changed.set(name, value)
    if (this.#resting) return
    this.#resting = true
    // Not within this turn: a join has read all values and its answer is on the way to the line, where nothing
    // newer may overtake it; and who changes several at a time means them to leave together.
    setImmediate(() => this.#leave())
  }

  #leave(): void {
    const changed = [...this.#changed.values()]
    this.#changed = new Map()
    this.leave(changed)
    setTimeout(() => {
      if (this.#changed.size > 0) this.#leave()
      else this.#resting = false
    }, this.#leaveEvery).unref()
  }
}
