import type { Frame, Transcoder } from './transcoder'

/** So many messages may wait for a slow transcoder; their size is not known before it is done. */
const longestQueue = 1_000

interface Sending {
  transcoder: Pick<Transcoder, 'onOutboundMessage'>
  /** False when the socket is closing. */
  write(frame: Frame): boolean
  failed(error: unknown): void
  overflowed(): void
}

/** What goes out on one socket, in the order it was sent, however long each message's transcoding takes. */
export class Outbox {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(private readonly sending: Sending) {}

  /** At once when nothing waits before it and the transcoder answers at once. Never rejects. */
  send(message: unknown): Promise<boolean> {
    if (this.#waiting === 0) {
      const written = this.#transcode(message)
      if (typeof written === 'boolean') return Promise.resolve(written)
      return this.#queue(written)
    }
    if (this.#waiting >= longestQueue) {
      this.sending.overflowed()
      return Promise.resolve(false)
    }
    return this.#queue(this.#last.then(() => this.#transcode(message)))
  }

  #queue(turn: Promise<boolean>): Promise<boolean> {
    this.#waiting++
    this.#last = turn.then(() => this.#waiting--)
    return turn
  }

  #transcode(message: unknown): boolean | Promise<boolean> {
    try {
      const frame = this.sending.transcoder.onOutboundMessage(message)
      return frame instanceof Promise ? frame.then((done) => this.#write(done)).catch(this.#fail) : this.#write(frame)
    } catch (error) {
      return this.#fail(error)
    }
  }

  #write(frame: Frame | null): boolean {
    return frame !== null && this.sending.write(frame)
  }

  readonly #fail = (error: unknown): boolean => {
    this.sending.failed(error)
    return false
  }
}
