interface Waiting {
  message: unknown
  resolve(taken: boolean | Promise<boolean>): void
}

/** Messages that wait for the line, in their order. */
export class SendQueue {
  #waiting: Waiting[] = []

  constructor(private readonly most: number) {}

  get length(): number {
    return this.#waiting.length
  }

  /** Resolves with what becomes of the message; with false at once when there is no room for it. */
  add(message: unknown): Promise<boolean> {
    if (this.#waiting.length >= this.most) return Promise.resolve(false)
    return new Promise((resolve) => this.#waiting.push({ message, resolve }))
  }

  flush(send: (message: unknown) => Promise<boolean>): void {
    for (const { message, resolve } of this.#waiting.splice(0)) resolve(send(message))
  }

  /** There will be no line any more. */
  drop(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve(false)
  }
}
