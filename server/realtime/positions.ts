import type { Position } from '#channels/wire'
import { container } from '#server/container'
import { Gather } from '#server/gather'
import { type Reached, readReached } from './log-read'

/** Reads how far rooms have come: for every join, every first paint, and every client's `alive` each 15 s. */
export class Positions {
  readonly #reads = new Gather<string[], Reached>(async (asked) => {
    const reached = await readReached(container().database.prisma, [...new Set(asked.flat())])
    this.#noteEpoch(reached.epoch)
    return () => reached
  })
  #epoch: string | undefined

  /** Where the log of a room, by key, stands: read after the call, so ask before the state it is to stand for. */
  async of(key: string): Promise<Position> {
    const { epoch, seqs } = await this.#reads.ask([key])
    return { epoch, seq: seqs.get(key) ?? 0 }
  }

  /** How far at least these rooms have come, by key; one that nothing was published to is missing. */
  async counters(keys: string[]): Promise<Map<string, number>> {
    return keys.length === 0 ? new Map() : (await this.#reads.ask(keys)).seqs
  }

  /**
   * A new epoch while clients are connected: the database was replaced behind us by one that lacks the end of
   * the log, and numbers they have applied are given out again. They come back and get the state.
   */
  #noteEpoch(epoch: string): void {
    if (this.#epoch !== undefined && epoch !== this.#epoch) {
      const { io, log } = container()
      log.warn('the log has a new epoch: every socket is closed, to load its state afresh')
      io.local.disconnectSockets(true)
    }
    this.#epoch = epoch
  }
}
