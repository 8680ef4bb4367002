import { refuse } from '#server/refusal'

/** How a membership ends: the room is left, or the line was cut and may be made anew in a moment. */
export type Departure = 'left' | 'cut'

/**
 * The rooms one socket is in. Everything a socket asks about one room is done in the order it was
 * asked, so that a `leave` cannot overtake the slow `join` before it, nor a call its join.
 */
export class Membership {
  readonly #joined = new Map<string, (departure: Departure) => void>()
  /** Not joined yet, but on the way: joins of many rooms at once must not all find the last place free. */
  readonly #joining = new Set<string>()
  readonly #last = new Map<string, Promise<unknown>>()

  /** `changed` hears of every room that is joined or left. */
  constructor(private readonly changed: (key: string, change: 'joined' | 'left') => void = () => {}) {}

  keys(): Iterable<string> {
    return this.#joined.keys()
  }

  has(key: string): boolean {
    return this.#joined.has(key)
  }

  /** Unless it is a member already, runs `enter`; what that returns is run once the membership ends. */
  add(key: string, enter: () => (departure: Departure) => void): void {
    this.#joining.delete(key)
    if (this.#joined.has(key)) return
    this.#joined.set(key, enter())
    this.changed(key, 'joined')
  }

  delete(key: string, departure: Departure = 'left'): void {
    const leave = this.#joined.get(key)
    if (!leave) return
    this.#joined.delete(key)
    leave(departure)
    this.changed(key, 'left')
  }

  /** Ends every membership: the socket has gone. */
  end(departure: Departure): void {
    for (const key of [...this.#joined.keys()]) this.delete(key, departure)
  }

  /** As `queue`, for `work` that joins the room; refuses with `rate-limited` where that would be more than `most`. */
  queueJoin<Result>(key: string, most: number, work: () => Promise<Result>): Promise<Result> {
    return this.queue(key, async () => {
      if (this.#joined.has(key)) return work()
      if (this.#joined.size + this.#joining.size >= most) {
        refuse('rate-limited', `No more than ${most} rooms can be open at once. Leave one first.`)
      }
      this.#joining.add(key)
      try {
        return await work()
      } finally {
        this.#joining.delete(key)
      }
    })
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
