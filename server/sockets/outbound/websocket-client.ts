import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { UserRef } from '#channels/user'
import { container } from '#server/container'
import { closeCode, isSendable } from '#server/sockets/close-code'
import type { Handler } from '#server/sockets/handler'
import { runHandler } from '#server/sockets/running'
import { text } from '#server/sockets/transcoders/text'
import { attempt } from './attempt'
import { Tries } from './back-off'
import { type ClientStatus, StatusBoard } from './client-status'
import { type Destination, shownAddress } from './destination'
import { defaults, type OutboundOptions } from './options'
import { OutboundLine } from './outbound-line'
import { SendQueue } from './send-queue'

/** Closed with these, the other side does not want us back. */
const final: number[] = [closeCode.policy, closeCode.ended]

/**
 * A WebSocket to another server that comes back by itself when it is cut, until `close` is called or it is refused.
 * The handler is told of every line anew: `onOpen`, and in the end `onClose`; a try that failed is told to `onError`.
 */
export class WebsocketClient<Out = unknown> {
  readonly id = randomUUID()
  readonly #board = new StatusBoard()
  readonly #queue: SendQueue
  readonly #tries: Tries
  #line: OutboundLine<WebsocketClient<Out>> | undefined
  #giveUp = () => {}

  /** For `createWebsocket` alone, which checks the address. */
  constructor(
    private readonly destination: Destination,
    readonly handler: Handler<WebsocketClient<Out>>,
    private readonly options: OutboundOptions,
  ) {
    this.#queue = new SendQueue(options.queue ?? defaults.queue)
    this.#tries = new Tries(options.backOff ?? defaults.backOff)
    this.#try()
  }

  get uri(): string {
    return shownAddress(this.destination.url)
  }

  /** The person who opened it by hand; null when the server did so by itself. */
  get openedBy(): UserRef | null {
    return this.options.openedBy ?? null
  }

  get status(): ClientStatus {
    return this.#board.current
  }

  /** How many messages wait for the line. */
  get queued(): number {
    return this.#queue.length
  }

  /** Hears of every change of the status, until what this gives is called. */
  subscribe(listener: (status: ClientStatus) => void): () => void {
    return this.#board.subscribe(listener)
  }

  /**
   * Resolves with true once the line has taken the message, for which it may have to wait until it is back; with
   * false when it never will: too much waits already, the transcoder dropped it, or the client is closed or refused.
   */
  send(message: Out): Promise<boolean> {
    if (this.#line?.isOpen) return this.#line.send(message)
    return this.#isOver() ? Promise.resolve(false) : this.#queue.add(message)
  }

  /** For good. By default with 1000; throws a RangeError for a code that may not be sent. */
  close(code: number = closeCode.normal, reason = ''): void {
    if (!isSendable(code)) throw new RangeError(`A socket cannot be closed with the code ${code}.`)
    if (this.status.state === 'closed') return
    this.#tries.stop()
    this.#giveUp()
    this.#queue.drop()
    this.#board.set({ state: 'closed' })
    this.#line?.close(code, reason)
  }

  #try(): void {
    this.#board.set({ state: 'connecting' })
    const { protocols = [], headers } = this.options
    const opening = { protocols, headers, maxPayload: this.#mostBytes() }
    this.#giveUp = attempt(this.destination, opening, {
      opened: (ws) => {
        try {
          this.#opened(ws)
        } catch (error) {
          this.#cannotOpen(ws, error)
        }
      },
      failed: (problem) => {
        this.#tries.failed()
        const told = this.#tellError(problem)
        this.#comeBack(problem.message, problem.final, () => told)
      },
    })
  }

  #opened(ws: WebSocket): void {
    const { transcoder = text, pingEvery = defaults.pingEvery } = this.options
    const openedAt = performance.now()
    this.#giveUp = () => {}
    const line = new OutboundLine<WebsocketClient<Out>>(ws, {
      id: this.id,
      path: this.uri,
      handler: this.handler,
      peer: this,
      transcoder,
      mostBytes: this.#mostBytes(),
      pingEvery,
      closed: (code, handled) => {
        this.#line = undefined
        this.#tries.cut(performance.now() - openedAt)
        this.#comeBack(`The line was closed (${code}).`, final.includes(code), handled)
      },
    })
    this.#line = line
    // Before it is told, so that whoever is told finds nothing waiting.
    this.#queue.flush((message) => line.send(message))
    this.#board.set({ state: 'open', opened: this.status.opened + 1, failures: 0, problem: null })
  }

  /** Its transcoder does not work, and will not the next time. */
  #cannotOpen(ws: WebSocket, error: unknown): void {
    container().log.error({ err: error, socket: this.id, path: this.uri }, 'a transcoder failed')
    ws.on('error', () => {})
    ws.terminate()
    this.#comeBack('The transcoder failed.', true, () => Promise.resolve())
  }

  /** After `told`, so that the handler hears of one line after the other. */
  #comeBack(problem: string, isFinal: boolean, told: () => Promise<void>): void {
    if (this.#isOver()) return
    const { failures } = this.#tries
    container().log.info({ socket: this.id, path: this.uri, failures, problem }, 'outbound socket away')
    if (isFinal) {
      this.#queue.drop()
      this.#board.set({ state: 'refused', failures, problem })
      return
    }
    const wait = this.#tries.later(() => {
      void told().then(() => {
        if (!this.#isOver()) this.#try()
      })
    })
    this.#board.set({ state: 'waiting', failures, problem, retryAt: Math.round(Date.now() + wait) })
  }

  /** Handles its own errors. */
  async #tellError(error: Error): Promise<void> {
    try {
      await runHandler({ method: 'onerror', error }, () => this.handler.onError?.(error, this))
    } catch (thrown) {
      container().log.error({ err: thrown, socket: this.id, path: this.uri, where: 'onerror' }, 'a handler failed')
    }
  }

  #isOver(): boolean {
    return this.status.state === 'closed' || this.status.state === 'refused'
  }

  #mostBytes(): number {
    return this.options.maxMessageBytes ?? container().env.messageBytes
  }
}
