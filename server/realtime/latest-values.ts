import { z } from 'zod'
import { pushed } from '#channels/wire'

/** A value as a board keeps it, or, without `data`, the word that there is none any more. `owner` is the node that published it. */
export const latestValue = z.object({ pushed: pushed.extend({ key: z.string() }), owner: z.string() })
export type LatestValue = z.infer<typeof latestValue>

/** The most values one room may hold, and the most withdrawals it remembers. */
export const mostKeys = 10_000

/** The name of a value within its room. */
export function nameOf(push: string, key: string): string {
  return JSON.stringify([push, key])
}

/** The values of one room, by push and key. Of two the later counts, whichever comes first. */
export class LatestValues {
  readonly #held = new Map<string, LatestValue>()
  /** Oldest first. A value published before its withdrawal, but come after it, must not bring the key back. */
  readonly #withdrawn = new Map<string, LatestValue>()

  get held(): LatestValue[] {
    return [...this.#held.values()]
  }

  get withdrawn(): LatestValue[] {
    return [...this.#withdrawn.values()]
  }

  has(name: string): boolean {
    return this.#held.has(name)
  }

  /** Whether this name would be one too many. */
  isFullFor(name: string): boolean {
    return this.#held.size >= mostKeys && !this.#held.has(name)
  }

  /** Takes in a value or a withdrawal; false when what is known is as new, and nothing changes. */
  take(name: string, value: LatestValue): boolean {
    const known = this.#held.get(name) ?? this.#withdrawn.get(name)
    if (known && !isLater(value, known)) return false
    this.#withdrawn.delete(name)
    if (value.pushed.data !== undefined) {
      this.#held.set(name, value)
      return true
    }
    this.#held.delete(name)
    this.#withdrawn.set(name, value)
    const [oldest] = this.#withdrawn.keys()
    if (oldest !== undefined && this.#withdrawn.size > mostKeys) this.#withdrawn.delete(oldest)
    return true
  }

  /** Forgets the withdrawals before that moment (milliseconds since 1970): what is older has long come. */
  forgetBefore(at: number): void {
    for (const [name, { pushed }] of this.#withdrawn) if (pushed.at < at) this.#withdrawn.delete(name)
  }
}

/** Two nodes may publish in the same moment; every board must choose the same one. */
function isLater(one: LatestValue, other: LatestValue): boolean {
  return one.pushed.at > other.pushed.at || (one.pushed.at === other.pushed.at && one.owner > other.owner)
}
