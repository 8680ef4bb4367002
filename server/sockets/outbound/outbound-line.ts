import { WebSocket } from 'ws'
import { container } from '#server/container'
import { closeCode, shortReason } from '#server/sockets/close-code'
import type { Handler } from '#server/sockets/handler'
import { HandlerFeed } from '#server/sockets/handler-feed'
import { Heartbeat } from '#server/sockets/heartbeat'
import { Outbox } from '#server/sockets/outbox'
import type { Frame, OpenTranscoder } from '#server/sockets/transcoder'

interface Options<Peer> {
  /** Of the client. */
  id: string
  /** Where it leads, without what may be secret in it. */
  path: string
  handler: Handler<Peer>
  peer: Peer
  transcoder: OpenTranscoder
  mostBytes: number
  /** In milliseconds. */
  pingEvery: number
  /** As soon as the line has closed; `handled` gives a promise of when the handler has done all that it was told. */
  closed(code: number, handled: () => Promise<void>): void
}

/** An open line of an outbound socket, until it closes. */
export class OutboundLine<Peer> {
  readonly #outbox: Outbox
  #closing: { code: number; reason: string } | undefined

  constructor(
    private readonly ws: WebSocket,
    { id, path, handler, peer, transcoder: open, mostBytes, pingEvery, closed }: Options<Peer>,
  ) {
    const heartbeat = new Heartbeat(ws)
    const beating = setInterval(() => heartbeat.beat(), pingEvery).unref()
    const transcoder = open({ write: (frame) => void this.#write(frame), close: (...how) => this.close(...how) })
    const feed = new HandlerFeed<Peer>({
      handler,
      peer,
      transcoder,
      reading: heartbeat,
      mostBytes,
      name: { socket: id, path },
      isClosing: () => this.#closing !== undefined,
      malformed: (unsupported) => this.close(unsupported ? closeCode.unsupported : closeCode.malformed, 'malformed'),
      failed: () => this.close(closeCode.internal, 'internal'),
      broken: (code) => {
        this.#closing ??= { code, reason: '' }
      },
      heard: () => {},
    })
    this.#outbox = new Outbox({
      transcoder,
      write: (frame) => this.#write(frame),
      failed: (error) => feed.outboundFailed(error),
      overflowed: () => {},
    })
    feed.follow(ws, (code, reason) => {
      clearInterval(beating)
      const closing = this.#closing ?? { code, reason }
      closed(closing.code, () => feed.handled)
      return closing
    })
  }

  /** Not any more as soon as either side has begun to close it. */
  get isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN
  }

  send(message: unknown): Promise<boolean> {
    return this.#outbox.send(message)
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return
    this.#closing = { code, reason }
    this.ws.close(code, shortReason(reason))
    // While a slow handler has stopped the reading, the confirmation could not come in.
    this.ws.resume()
  }

  /** A message for which there is no room is not taken: the other side reads too slowly. */
  #write(frame: Frame): boolean {
    if (!this.isOpen || this.ws.bufferedAmount > container().env.waitingBytes) return false
    this.ws.send(frame)
    return true
  }
}
