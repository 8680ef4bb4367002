/** How many sockets each session has on this node, those still in their handshake included. */
export class SessionSockets {
  readonly #open = new Map<string, number>()

  constructor(private readonly most: number) {}

  /** One more, and what takes it off the count again, once; undefined when there are as many as there may be. */
  take(sessionId: string): (() => void) | undefined {
    const open = this.#open.get(sessionId) ?? 0
    if (open >= this.most) return undefined
    this.#open.set(sessionId, open + 1)
    let taken = true
    return () => {
      if (taken) this.#giveBack(sessionId)
      taken = false
    }
  }

  #giveBack(sessionId: string): void {
    const left = (this.#open.get(sessionId) ?? 1) - 1
    if (left > 0) this.#open.set(sessionId, left)
    else this.#open.delete(sessionId)
  }
}
