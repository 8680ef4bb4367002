import { setTimeout as wait } from 'node:timers/promises'
import type { Ended, Refused } from '#channels/wire'
import { container } from '#server/container'
import { returnTimes } from './return-times'
import type { Socket, SwitchboardServer } from './socket-server'

/** What a client sent before it heard of the end is on its way for at most so long, in milliseconds. */
const stillComing = 500
/** The process is given 10 s to close in all, and http answers take their share of it. In milliseconds. */
const finishWithin = 4_000
/** As long as http waits for its own (server/http/close.ts), in milliseconds. */
const hangUpWithin = 1_000
const lookEvery = 20

/**
 * How this node takes leave of its clients before it closes: each is told when to come back, what they have
 * asked for is carried out and answered, and nothing new is begun. Their returns are spread over a time that
 * grows with their number, since all at once they would be more than the next node can let in.
 */
export class Drain {
  /** Undefined until it has begun; then the times at which clients were told to come back, in milliseconds. */
  #returns: number[] | undefined
  #running = 0
  /** Whether calls are refused too, and not joins alone. */
  #late = false

  constructor(private readonly io: SwitchboardServer) {}

  get begun(): boolean {
    return this.#returns !== undefined
  }

  /** Carries out what an event asks for; or, when this node is closing, gives the refusal `unavailable` instead. */
  async run(event: string, request: () => Promise<unknown>): Promise<unknown> {
    if (this.#late || (this.begun && event.endsWith(':join'))) return { ok: false, ...this.refusal() } satisfies Refused
    this.#running++
    try {
      return await request()
    } finally {
      this.#running--
    }
  }

  /** What someone is told who comes while this node is closing; `retryAfter` is in milliseconds. */
  refusal(): { code: 'unavailable'; message: string; retryAfter: number } {
    return { code: 'unavailable', message: 'The server is restarting.', retryAfter: this.#anyReturn() }
  }

  /**
   * Tells every client on this node to come back later, and resolves when none is left or all that they had
   * asked for by then is answered, after 4 s at the latest. The sockets are still open.
   */
  async begin(): Promise<void> {
    const { sockets } = this.io.of('/')
    const { log } = container()
    this.#returns = returnTimes(Math.max(1, sockets.size))
    log.info({ sockets: sockets.size, lastReturn: this.#returns.at(-1) }, 'draining')
    for (const [index, socket] of [...sockets.values()].entries()) this.tell(socket, this.#returns[index])
    const begunAt = performance.now()
    const passed = () => performance.now() - begunAt
    // By looks, not by the clock: while thousands are being told, nothing of what they have sent is read.
    for (let looked = 0; sockets.size > 0 && passed() < finishWithin; looked++) {
      if (looked * lookEvery >= stillComing) {
        this.#late = true
        if (this.#running === 0) break
      }
      await wait(lookEvery)
    }
    if (this.#running > 0) log.warn({ calls: this.#running }, 'closing before all calls were answered')
    log.info({ sockets: sockets.size }, 'drained')
  }

  /** Closes the sockets of this node; what waits to be written to them goes first, within a second. */
  async hangUp(): Promise<void> {
    this.io.local.disconnectSockets(true)
    const begunAt = performance.now()
    while (this.io.engine.clientsCount > 0 && performance.now() - begunAt < hangUpWithin) await wait(lookEvery)
  }

  /** Also for a socket that was let in just before the drain began. */
  tell(socket: Socket, retryAfter = this.#anyReturn()): void {
    socket.emit('ended', { reason: 'restarting', retry: true, retryAfter } satisfies Ended)
  }

  #anyReturn(): number {
    const returns = this.#returns ?? []
    return returns[Math.floor(Math.random() * returns.length)] ?? 0
  }
}
