/**
 * The rooms one socket is in. Everything a socket asks about one room is done in the order it was
 * asked, so that a `leave` cannot overtake the slow `join` before it, nor a call its join.
 */
export class Membership {
  readonly #joined = new Set<string>()
  readonly #last = new Map<string, Promise<unknown>>()

  has(key: string): boolean {
    return this.#joined.has(key)
  }

  add(key: string): void {
    this.#joined.add(key)
  }

  delete(key: string): void {
    this.#joined.delete(key)
  }

  /** Runs `work` once everything queued for this room before it has ended, well or not. */
  async queue<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(work)
    const settled = turn.catch(() => {})
    this.#last.set(key, settled)
    try {
      return await turn
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key)
    }
  }
}
