import type { WebSocket } from 'ws'
import { container } from '#server/container'
import { protocolErrorCode } from './close-code'
import type { Handler, Method } from './handler'
import { Inbox } from './inbox'
import { runHandler } from './running'
import { type Frame, isUnsupported, type Transcoder, toFrame } from './transcoder'

/** What one socket is, to those who feed its handler. */
export interface Fed<Peer> {
  handler: Handler<Peer>
  peer: Peer
  transcoder: Transcoder
  reading: { pause(): void; resume(): void }
  /** How many bytes may wait to be handled before the reading pauses. */
  mostBytes: number
  /** What to name it by in the log. */
  name: { socket: string; path: string }
  /** Whether this side has closed it: nothing that still comes is carried out. */
  isClosing(): boolean
  /** The transcoder could not read what came. */
  malformed(unsupported: boolean): void
  /** The handler, or the transcoder outbound, has thrown. */
  failed(): void
  /** The other side broke the protocol, and `ws` has closed the line with this code. */
  broken(code: number): void
  /** Before the handler hears of it. */
  heard(message: unknown): void
}

/**
 * Tells a handler what happens on one socket, one thing after the other. What the handler throws is logged, told to
 * its `onError`, and closes this socket; it reaches no other.
 */
export class HandlerFeed<Peer> {
  readonly #inbox: Inbox
  #decoded: Promise<unknown> = Promise.resolve()

  constructor(private readonly fed: Fed<Peer>) {
    this.#inbox = new Inbox(fed.reading, fed.mostBytes)
  }

  /** Resolves when the handler has done all that it was told so far. */
  get handled(): Promise<void> {
    return this.#inbox.handled
  }

  /** From now on, for an open socket; `closed` is told how it closed, before the handler is. */
  follow(ws: WebSocket, closed: (code: number, reason: string) => { code: number; reason: string }): void {
    const { peer } = this.fed
    ws.on('message', (data, isBinary) => this.#received(toFrame(data, isBinary)))
    ws.on('error', (error) => {
      const code = protocolErrorCode(error)
      if (code !== undefined) this.fed.broken(code)
      this.error(error)
    })
    ws.once('close', (code, text) => {
      const { code: told, reason } = closed(code, text.toString())
      this.#endTranscoder()
      this.#inbox.add(0, () => this.#tell('onclose', {}, (handler) => handler.onClose?.(told, reason, peer)))
    })
    this.#inbox.add(0, () => this.#tell('onopen', {}, (handler) => handler.onOpen?.(peer)))
  }

  /** Something is wrong with the line that is not the handler's fault. */
  error(error: Error): void {
    this.#inbox.add(0, () => this.#tellError(error))
  }

  /** The transcoder has thrown outbound. */
  outboundFailed(error: unknown): void {
    this.#inbox.add(0, () => this.#failed(error, 'transcoder'))
  }

  #received(frame: Frame): void {
    // In a line of their own: a handler may wait for what its transcoder has yet to hear.
    const decoded = this.#decoded.then(() => this.#decode(frame))
    this.#decoded = decoded
    this.#inbox.add(Buffer.byteLength(frame), async () => {
      const message = await decoded
      if (message === null || this.fed.isClosing()) return
      this.fed.heard(message)
      await this.#tell('onmessage', { message }, (handler) => handler.onMessage?.(message, this.fed.peer))
    })
  }

  /** Null for what is dropped, or malformed. */
  async #decode(frame: Frame): Promise<unknown> {
    if (this.fed.isClosing()) return null
    try {
      return await this.fed.transcoder.onInboundMessage(frame)
    } catch (error) {
      this.fed.malformed(isUnsupported(error))
      this.error(toError(error))
      return null
    }
  }

  async #tell(
    method: Method,
    what: { message?: unknown; error?: Error },
    callback: (handler: Handler<Peer>) => void | Promise<void>,
  ): Promise<void> {
    try {
      await runHandler({ method, ...what }, () => callback(this.fed.handler))
    } catch (error) {
      await this.#failed(error, method)
    }
  }

  async #tellError(error: Error): Promise<void> {
    await this.#tell('onerror', { error }, (handler) => handler.onError?.(error, this.fed.peer))
  }

  async #failed(thrown: unknown, where: Method | 'transcoder'): Promise<void> {
    container().log.error({ err: thrown, ...this.fed.name, where }, 'a handler failed')
    // Told before the socket closes, so that it may still say something; but not waited for.
    const told = where === 'onerror' ? undefined : this.#tellError(toError(thrown))
    this.fed.failed()
    await told
  }

  #endTranscoder(): void {
    try {
      this.fed.transcoder.onClose?.()
    } catch (error) {
      container().log.error({ err: error, ...this.fed.name }, 'a transcoder failed')
    }
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('A handler threw something that is no Error.', { cause: thrown })
}
