import { setTimeout as wait } from 'node:timers/promises'
import { container } from '#server/container'
import { readCounters } from './log'

/** How long a question waits for others, in milliseconds. */
const gather = 20

/** Reads the counters of rooms, with one query for all who ask at about the same time: every client does, every 15 s. */
export class Counters {
  #asked = new Set<string>()
  #answer: Promise<Map<string, number>> | undefined

  /** At least the given rooms, by key; one that nothing was published to is missing. */
  read(keys: string[]): Promise<Map<string, number>> {
    for (const key of keys) this.#asked.add(key)
    this.#answer ??= this.#gather()
    return this.#answer
  }

  async #gather(): Promise<Map<string, number>> {
    await wait(gather)
    const keys = [...this.#asked]
    this.#asked = new Set()
    this.#answer = undefined
    return readCounters(container().database.prisma, keys)
  }
}
