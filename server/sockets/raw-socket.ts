import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import type { EndReason } from '#channels/wire'
import { container } from '#server/container'
import type { CloseReason } from '#server/realtime/close-reason'
import type { Admission } from './admission'
import { Attributes } from './attributes'
import { closeCode, closeCodeOf, isSendable, shortReason } from './close-code'
import type { Endpoint } from './endpoint'
import { Outbox } from './outbox'
import { context, type SocketConnection } from './socket-connection'
import type { Frame, Transcoder } from './transcoder'
import { text } from './transcoders/text'

/** What is known of a socket when it is opened. */
export interface Opened {
  endpoint: Endpoint
  /** `/ws/<endpoint>` */
  path: string
  admission: Admission
  /** Without the CSRF token. */
  query: URLSearchParams
  remoteAddress: string
}

/** How a socket was closed from this side; `why` is for the log and the figures. */
export interface Closing {
  code: number
  reason: string
  why: CloseReason
}

/** A socket of a raw endpoint: what was said of it when it was opened, and the way out through its transcoder. */
export class RawSocket implements SocketConnection {
  readonly id = randomUUID()
  readonly context = context
  readonly openedAt = Date.now()
  readonly attributes = new Attributes()
  readonly path: string
  readonly query: URLSearchParams
  readonly remoteAddress: string
  readonly transcoder: Transcoder
  readonly #outbox: Outbox
  #admission: Admission
  #closing: Closing | undefined

  /** `failed` hears what the transcoder throws outbound. */
  constructor(
    private readonly ws: WebSocket,
    { endpoint, admission, path, query, remoteAddress }: Opened,
    failed: (error: unknown) => void,
  ) {
    this.#admission = admission
    this.path = path
    this.query = query
    this.remoteAddress = remoteAddress
    const open = endpoint.transcoder ?? text
    this.transcoder = open({
      write: (frame) => void this.#write(frame),
      close: (code, reason) => this.close(code, reason),
    })
    this.#outbox = new Outbox({
      transcoder: this.transcoder,
      write: (frame) => this.#write(frame),
      failed,
      overflowed: () => this.end('too-slow'),
    })
  }

  get session(): SocketConnection['session'] {
    return this.#admission.session
  }

  get user(): SocketConnection['user'] {
    return this.session?.user ?? null
  }

  get apiKey(): SocketConnection['apiKey'] {
    return this.#admission.apiKey
  }

  get bufferedAmount(): number {
    return this.ws.bufferedAmount
  }

  /** Undefined until this side has closed it. */
  get closing(): Closing | undefined {
    return this.#closing
  }

  send(message: unknown): Promise<boolean> {
    return this.#outbox.send(message)
  }

  close(code: number = closeCode.normal, reason = ''): void {
    if (!isSendable(code)) throw new RangeError(`A socket cannot be closed with the code ${code}.`)
    this.#close({ code, reason, why: 'server' })
  }

  /** For the same session or key as before, as it is now. */
  readmit(admission: Admission): void {
    this.#admission = admission
  }

  /** Closes it for one of the wire's reasons. */
  end(reason: EndReason, code: number = closeCodeOf(reason)): void {
    this.#close({ code, reason, why: reason })
  }

  /** The line has been closed on this side, by `ws` or by the heartbeat. */
  noteClosing(code: number, why: CloseReason): void {
    this.#closing ??= { code, reason: '', why }
  }

  #close(closing: Closing): void {
    if (this.ws.readyState !== WebSocket.OPEN) return
    const last = this.#lastFrame(closing.code)
    if (last !== null) this.ws.send(last)
    this.#closing = closing
    this.ws.close(closing.code, shortReason(closing.reason))
    // While a slow handler has stopped the reading, the confirmation could not come in.
    this.ws.resume()
  }

  /** Whatever its transcoder does, a socket that is to be closed is closed. */
  #lastFrame(code: number): Frame | null {
    try {
      return this.transcoder.onClosing?.(code) ?? null
    } catch (error) {
      container().log.error({ err: error, socket: this.id, path: this.path }, 'a transcoder failed')
      return null
    }
  }

  #write(frame: Frame): boolean {
    if (this.ws.readyState !== WebSocket.OPEN) return false
    // Before the message, so that one alone may be larger.
    if (this.ws.bufferedAmount > container().env.waitingBytes) {
      this.end('too-slow')
      return false
    }
    this.ws.send(frame)
    return true
  }
}
