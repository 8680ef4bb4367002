/** From one leaving to the next, in milliseconds. */
const leaveEvery = 100

/**
 * Lets what changes leave at most ten times a second, all of it together and of each name only the newest.
 * What changes after a quiet time leaves at once, and what changed last always leaves.
 */
export class Conflation<Value> {
  #changed = new Map<string, Value>()
  #resting = false

  constructor(private readonly leave: (changed: Value[]) => void) {}

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
    }, leaveEvery).unref()
  }
}
