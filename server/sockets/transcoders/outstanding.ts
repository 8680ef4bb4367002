type Answered = (...args: unknown[]) => void

/** So many answers may be outstanding; then the oldest is given up, since a client may never answer. */
const most = 1_000

/** The answers a client owes, by the number it is to give with them. */
export class Outstanding {
  readonly #answers = new Map<number, Answered>()
  #last = 0

  /** Gives the number to ask with. */
  add(answered: Answered): number {
    const [oldest] = this.#answers.keys()
    if (oldest !== undefined && this.#answers.size >= most) this.#answers.delete(oldest)
    this.#answers.set(++this.#last, answered)
    return this.#last
  }

  /** Once for each number that was given. */
  take(id: number | undefined): Answered | undefined {
    if (id === undefined) return undefined
    const answered = this.#answers.get(id)
    this.#answers.delete(id)
    return answered
  }
}
