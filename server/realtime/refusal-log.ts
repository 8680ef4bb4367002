import { container } from '#server/container'
import { TokenBucket } from './token-bucket'

/** Twenty lines at once, then one a second. */
const lines = { burst: 20, perSecond: 1 }

/**
 * Logs that strangers were refused. They need no account for it, and each line costs us more than them,
 * so that beyond a few only their number is logged, with the next line.
 */
export class RefusalLog {
  readonly #bucket = new TokenBucket(lines)
  #unlogged = 0

  /** `fields` are codes and reasons, never what was sent. */
  note(fields: object, message: string): void {
    if (this.#bucket.take() > 0) {
      this.#unlogged++
      return
    }
    container().log.info({ ...fields, ...(this.#unlogged > 0 && { unlogged: this.#unlogged }) }, message)
    this.#unlogged = 0
  }
}
