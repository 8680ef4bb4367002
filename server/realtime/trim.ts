import { setTimeout as wait } from 'node:timers/promises'
import type { ChannelContract, Retention } from '#channels/contract'
import { container } from '#server/container'
import { deleteOldest, type RoomExtent, readExtents } from './log-trim'

/** The most rooms looked at, or entries deleted, by one statement. */
const chunk = 1_000
/** The most rooms looked at in one pass; where there are more, the next pass goes on from there. */
const passLength = 100_000
/** Between two statements, in milliseconds: the embedded database serves everybody else in between. */
const pause = 20

const day = 86_400_000

/**
 * Deletes what the logs hold beyond their channels' retention. The rooms' counters stay, so that no number is
 * ever given out twice; whoever asks for a deleted one finds it missing, and gets the state.
 */
export class LogTrim {
  readonly #retentions: Map<string, Retention | undefined>
  /** The last room the pass before looked at, by key. */
  #reached = ''

  constructor(channels: readonly ChannelContract[]) {
    this.#retentions = new Map(channels.map(({ name, retention }) => [name, retention]))
  }

  /** One pass; answers how many entries it deleted. Ends early, with what it has done, when it is aborted. */
  async pass(signal: AbortSignal): Promise<number> {
    let deleted = 0
    for (let looked = 0; looked < passLength && !signal.aborted; looked += chunk) {
      const rooms = await readExtents(container().database.prisma, this.#reached, chunk)
      for (const room of rooms) deleted += await this.#trim(room, signal)
      this.#reached = rooms.length === chunk ? (rooms.at(-1)?.key ?? '') : ''
      if (this.#reached === '') break
      await wait(pause)
    }
    return deleted
  }

  async #trim({ key, seq, oldestSeq, oldestAt }: RoomExtent, signal: AbortSignal): Promise<number> {
    const { days, pushes } = this.#retentionOf(key)
    const excess = seq - pushes
    const before = new Date(Date.now() - days * day)
    if (oldestSeq === null || oldestAt === null || (oldestSeq > excess && oldestAt >= before)) return 0
    let deleted = 0
    let count: number
    do {
      count = await deleteOldest(container().database.prisma, key, excess, before, chunk)
      deleted += count
      await wait(pause)
    } while (count === chunk && !signal.aborted)
    return deleted
  }

  #retentionOf(key: string): Retention {
    const { logDays, logPushes } = container().env
    return this.#retentions.get(key.slice(0, key.indexOf('/'))) ?? { days: logDays, pushes: logPushes }
  }
}
