import type { Scope } from '#channels/dashboard'

/** What was counted of something, and its money in cents. */
export interface Sum {
  count: number
  cents: number
}

/** What happened within one minute (counted since 1970) to the whole workshop or to one of its lines. */
export interface MinuteRow extends Sum {
  minute: number
  scope: Scope
}

/** Where the rows of a ledger are read. Times are milliseconds since 1970, and `to` is not within. */
export interface MinuteSource {
  /** The end of a part that begins at `from`, is read quickly, and ends at `to` at the latest. */
  partEnd(from: number, to: number): Promise<number>
  read(from: number, to: number): Promise<MinuteRow[]>
}

const minute = 60_000
/** What was written while another transaction was under way, or is changed soon after, is seen by then, in minutes. */
const openMinutes = 2
/** The open minutes may take this share of the time: when they hold more than usual, they are counted less often. */
const share = 0.1
const mostRest = 5_000

/**
 * Sums by the minute over a table that grows by the minute: what a sum over the whole time would cost does not depend
 * on how long that is. The minutes that are still open are counted each time; of those before, one part, round and
 * round, because an order may be changed or cancelled later. A few hundred are so counted again each time, a hundred
 * thousand within minutes.
 */
export class MinuteLedger {
  readonly #minutes = new Map<number, Map<Scope, Sum>>()
  /** The first minute that has not been counted yet. */
  #end = 0
  /** The next minute to be counted again. */
  #again = 0
  #restUntil = 0

  constructor(private readonly source: MinuteSource) {}

  /** Counts up to `now` (milliseconds since 1970) what has happened since the minute `first`; what is older is forgotten. */
  async follow(first: number, now: number): Promise<void> {
    for (const known of this.#minutes.keys()) if (known < first) this.#minutes.delete(known)
    const current = Math.floor(now / minute)
    const open = Math.max(first, current - openMinutes + 1)
    // The first time, and after a time in which nobody asked, there is more to count.
    if (this.#end < open) {
      await this.#count(Math.max(first, this.#end - openMinutes), open)
      this.#end = open
    }
    await this.#countOpen(open, current + 1)
    await this.#countAgain(first, open)
  }

  /** What happened to the workshop or one of its lines from one minute up to, and not within, another. */
  sum(scope: Scope, from: number, to: number): Sum {
    const sum = { count: 0, cents: 0 }
    for (let at = from; at < to; at++) {
      const one = this.at(scope, at)
      sum.count += one.count
      sum.cents += one.cents
    }
    return sum
  }

  at(scope: Scope, at: number): Sum {
    return this.#minutes.get(at)?.get(scope) ?? { count: 0, cents: 0 }
  }

  async #countOpen(from: number, to: number): Promise<void> {
    const began = performance.now()
    if (began < this.#restUntil) return
    await this.#count(from, to)
    this.#end = to
    const took = performance.now() - began
    this.#restUntil = began + Math.min(took / share, mostRest)
  }

  async #countAgain(first: number, open: number): Promise<void> {
    const from = this.#again < first || this.#again >= open ? first : this.#again
    if (from >= open) return
    const end = await this.source.partEnd(from * minute, open * minute)
    const to = Math.max(from + 1, Math.floor(end / minute))
    await this.#count(from, to)
    this.#again = to
  }

  async #count(from: number, to: number): Promise<void> {
    const counted = new Map<number, Map<Scope, Sum>>()
    for (let at = from * minute; at < to * minute; ) {
      const end = await this.source.partEnd(at, to * minute)
      for (const row of await this.source.read(at, end)) add(counted, row)
      at = end
    }
    for (let at = from; at < to; at++) {
      const sums = counted.get(at)
      if (sums) this.#minutes.set(at, sums)
      else this.#minutes.delete(at)
    }
  }
}

function add(minutes: Map<number, Map<Scope, Sum>>, { minute: at, scope, count, cents }: MinuteRow): void {
  const sums = minutes.get(at) ?? new Map<Scope, Sum>()
  minutes.set(at, sums)
  const sum = sums.get(scope) ?? { count: 0, cents: 0 }
  sums.set(scope, { count: sum.count + count, cents: sum.cents + cents })
}
