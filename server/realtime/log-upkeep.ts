import type { ChannelContract } from '#channels/contract'
import { container } from '#server/container'
import { LogTrim } from './trim'

/** After so many deleted entries the space they took is given back. */
const worthReclaiming = 10_000

/** Once a minute, in the background: notices that the database lost history, and trims the log. */
export class LogUpkeep {
  readonly #trim: LogTrim
  readonly #stopping = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> = Promise.resolve()
  #deleted = 0

  /** `every`: from the end of one round to the next, in milliseconds. */
  constructor(
    channels: readonly ChannelContract[],
    private readonly every = 60_000,
  ) {
    this.#trim = new LogTrim(channels)
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#round = this.#run().then(() => {
        if (!this.#stopping.signal.aborted) this.start()
      })
    }, this.every).unref()
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    clearTimeout(this.#timer)
    await this.#round
  }

  /** Never rejects: the next round tries again. */
  async #run(): Promise<void> {
    const { database, log } = container()
    try {
      if (await database.noteHistory()) log.warn('the database has another history: the log has a new epoch')
      const trimmed = await this.#trim.pass(this.#stopping.signal)
      if (trimmed > 0) log.info({ entries: trimmed }, 'log trimmed')
      this.#deleted += trimmed
      if (this.#deleted < worthReclaiming || this.#stopping.signal.aborted) return
      await database.reclaim()
      this.#deleted = 0
    } catch (error) {
      log.warn({ err: error }, 'the log could not be looked after; it is tried again')
    }
  }
}
