import type { CallReply } from '#channels/wire'

/**
 * Keeps calls to the pace the server asks for. One that came too often, or to a server that is closing, was
 * certainly not carried out, so it is asked again after the wait it was told. Those of the same event line up behind it meanwhile:
 * messages keep the order they were sent in, and not all of them ask again at once for the one place there is.
 */
export class Pace {
  /** The last in line, by event. */
  readonly #last = new Map<string, Promise<unknown>>()

  /** Resolves with the first answer that is not "wait", or with that where the wait would end after `deadline`. */
  async ask(event: string, deadline: number, ask: () => Promise<CallReply>): Promise<CallReply> {
    if (this.#last.has(event)) return this.#lineUp(event, () => this.#persist(0, deadline, ask))
    const reply = await ask()
    const wait = waitAsked(reply, deadline)
    return wait === undefined ? reply : this.#lineUp(event, () => this.#persist(wait, deadline, ask))
  }

  async #persist(wait: number, deadline: number, ask: () => Promise<CallReply>): Promise<CallReply> {
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const reply = await ask()
    const again = waitAsked(reply, deadline)
    return again === undefined ? reply : this.#persist(again, deadline, ask)
  }

  async #lineUp(event: string, turn: () => Promise<CallReply>): Promise<CallReply> {
    const mine = (this.#last.get(event) ?? Promise.resolve()).then(turn)
    const settled = mine.catch(() => {})
    this.#last.set(event, settled)
    try {
      return await mine
    } finally {
      if (this.#last.get(event) === settled) this.#last.delete(event)
    }
  }
}

/** In milliseconds; undefined when it was not asked to wait, or not for so little. */
function waitAsked(reply: CallReply, deadline: number): number | undefined {
  if (reply.ok || reply.retryAfter === undefined) return undefined
  return Date.now() + reply.retryAfter < deadline ? Math.max(1, reply.retryAfter) : undefined
}
