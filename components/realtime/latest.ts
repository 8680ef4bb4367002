import type { ChannelContract, LatestName, PushData } from '#channels/contract'
import type { Pushed } from '#channels/wire'

/** The newest values of a room, by push and key. */
export type LatestValues<C extends ChannelContract> = { [P in LatestName<C>]: Record<string, PushData<C, P>> }

/**
 * Holds the newest values of a room. One line brings the values of a key in the order they were published, so
 * what comes last is the newest. All pushes given have been parsed; those of other kinds are passed over.
 */
export class Latest<C extends ChannelContract> {
  readonly #held = new Map<string, Map<string, unknown>>()
  #values: LatestValues<C>

  /** `painted` is what the server rendered. */
  constructor(channel: C, painted: Pushed[] = []) {
    for (const [push, { kind }] of Object.entries(channel.pushes))
      if (kind === 'latest') this.#held.set(push, new Map())
    this.#values = this.#show(this.#held.keys())
    this.apply(painted)
  }

  /** The same object as long as nothing changes, and within it that of each push. */
  get values(): LatestValues<C> {
    return this.#values
  }

  /** Some values have changed; one that comes without data is there no more. */
  apply(pushes: Pushed[]): void {
    const changed = new Set<string>()
    for (const { push, key, data } of pushes) {
      const held = this.#held.get(push)
      if (!held || key === undefined) continue
      if (data !== undefined) held.set(key, data)
      else if (!held.delete(key)) continue
      changed.add(push)
    }
    if (changed.size > 0) this.#values = this.#show(changed)
  }

  /** These are all the values there are. Those that are as they were stay the same objects. */
  replace(pushes: Pushed[]): void {
    const there = new Set(pushes.map(nameOf))
    const held = [...this.#held].flatMap(([push, values]) => [...values.keys()].map((key) => ({ push, key, at: 0 })))
    const gone = held.filter((one) => !there.has(nameOf(one)))
    const changed = pushes.filter(({ push, key = '', data }) => !same(this.#held.get(push)?.get(key), data))
    this.apply([...gone, ...changed])
  }

  #show(pushes: Iterable<string>): LatestValues<C> {
    const shown = [...pushes].map((push) => [push, Object.fromEntries(this.#held.get(push) ?? [])])
    // By each contract's own name, what its schema has given out.
    return { ...this.#values, ...Object.fromEntries(shown) } as LatestValues<C>
  }
}

function nameOf({ push, key }: Pick<Pushed, 'push' | 'key'>): string {
  return JSON.stringify([push, key])
}

/** Both have come as JSON, so that JSON tells. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
