/** So many messages may wait before reading pauses; the bytes of one largest message may, too. */
const longestQueue = 32

interface Reading {
  pause(): void
  resume(): void
}

/**
 * What came in on one socket and waits to be handled, one after the other. A slow handler stops the reading, so
 * that what the client sends waits at the client (TCP's own flow control). What had been read by then still comes,
 * 64 KiB at most.
 */
export class Inbox {
  #last: Promise<void> = Promise.resolve()
  #waiting = 0
  #waitingBytes = 0
  #paused = false

  constructor(
    private readonly reading: Reading,
    private readonly mostBytes: number,
  ) {}

  /** Resolves when all that was added before has been handled. */
  get handled(): Promise<void> {
    return this.#last
  }

  /** `work` must not reject: by then nobody would hear of it. */
  add(bytes: number, work: () => Promise<void>): void {
    this.#waiting++
    this.#waitingBytes += bytes
    this.#last = this.#last.then(work).then(() => {
      this.#waiting--
      this.#waitingBytes -= bytes
      this.#regulate()
    })
    this.#regulate()
  }

  #regulate(): void {
    const full = this.#waiting > longestQueue || this.#waitingBytes > this.mostBytes
    if (full === this.#paused) return
    this.#paused = full
    if (full) this.reading.pause()
    else this.reading.resume()
  }
}
