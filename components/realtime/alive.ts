import type { Socket } from 'socket.io-client'
import { type AliveReply, type AliveRequest, aliveReply } from '#channels/wire'

/** A line on which `alive` is not answered by then is dead, in milliseconds. */
const answerWithin = 10_000

interface Listener {
  /** How far each joined room has come, by key. */
  applied(): AliveRequest
  /** `asked` is when, by `performance.now()`. */
  answered(reply: AliveReply, asked: number): void
  /** No answer came: the line is cut, or only looks whole. */
  unanswered(): void
}

/** Says `alive` on an open line, at once and then at intervals. */
export class Alive {
  /** How long the server's last answer took, in milliseconds. */
  roundTrip: number | undefined
  /** How far the server's clock is ahead of this one, in milliseconds, to within half a round trip. */
  ahead: number | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  /** `every` is in milliseconds. */
  constructor(
    private readonly socket: Socket,
    private readonly every: number,
    private readonly listener: Listener,
  ) {}

  start(): void {
    this.stop()
    void this.#say()
    this.#timer = setInterval(() => void this.#say(), this.every)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #say(): Promise<void> {
    const asked = performance.now()
    let answer: unknown
    try {
      answer = await this.socket.timeout(answerWithin).emitWithAck('alive', this.listener.applied())
    } catch {
      return this.listener.unanswered()
    }
    this.roundTrip = performance.now() - asked
    const { success, data } = aliveReply.safeParse(answer)
    if (!success) return
    // The answer was written about half a round trip ago. (Cristian's algorithm.)
    this.ahead = data.now + this.roundTrip / 2 - Date.now()
    this.listener.answered(data, asked)
  }
}
