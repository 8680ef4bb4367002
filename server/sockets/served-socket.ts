import { WebSocket } from 'ws'
import { container } from '#server/container'
import { closeCode } from './close-code'
import { HandlerFeed } from './handler-feed'
import { Heartbeat } from './heartbeat'
import { Lifetime } from './lifetime'
import { type Closing, type Opened, RawSocket } from './raw-socket'

/** A socket of a raw endpoint with all that goes with it while it is open: its handler, its session or key, its pings. */
export class ServedSocket {
  readonly connection: RawSocket
  readonly heartbeat: Heartbeat
  readonly #feed: HandlerFeed<RawSocket>
  readonly #lifetime: Lifetime

  constructor(
    private readonly ws: WebSocket,
    opened: Opened,
  ) {
    const { endpoint, admission } = opened
    const { env, registry, sockets } = container()
    const connection = new RawSocket(ws, opened, (error) => this.#feed.outboundFailed(error))
    const { id, path, transcoder } = connection
    this.connection = connection
    this.heartbeat = new Heartbeat(ws, {
      measured: (roundTrip) => registry.setRoundTrip(id, roundTrip),
      silent: () => connection.noteClosing(1006, 'silent'),
    })
    this.#lifetime = new Lifetime(admission, {
      ended: ({ reason }) => connection.end(reason),
      readmitted: (now) => connection.readmit(now),
    })
    this.#feed = new HandlerFeed<RawSocket>({
      handler: endpoint.handler,
      peer: connection,
      transcoder,
      reading: this.heartbeat,
      mostBytes: endpoint.maxMessageBytes ?? env.messageBytes,
      name: { socket: id, path },
      isClosing: () => connection.closing !== undefined,
      malformed: (unsupported) => connection.end('malformed', unsupported ? closeCode.unsupported : undefined),
      failed: () => connection.close(closeCode.internal, 'internal'),
      broken: (code) => connection.noteClosing(code, 'malformed'),
      heard: (message) => {
        this.#lifetime.used()
        sockets.listeners.tell(connection, (listener) => listener.onMessage?.(connection, message))
      },
    })
  }

  start(): void {
    const { registry, sockets } = container()
    const { ws, connection } = this
    const { id, path, session, remoteAddress: address } = connection
    this.#feed.follow(ws, (code, reason) => {
      const why = code === 1006 ? 'transport' : 'client'
      return this.#closed(connection.closing ?? { code, reason, why })
    })
    const waitingBytes = () => connection.bufferedAmount
    registry.open({ id, path, sessionId: session?.id, userId: session?.user.id, address, waitingBytes })
    sockets.connections.add(connection)
    this.recheck()
  }

  /** Its session, key or person may have changed. */
  recheck(): void {
    void this.#lifetime.look()
  }

  /** Resolves when it has closed and the handler has done all that it was told. */
  async ended(): Promise<void> {
    if (this.ws.readyState !== WebSocket.CLOSED) await new Promise((resolve) => this.ws.once('close', resolve))
    await this.#feed.handled
  }

  #closed(closing: Closing): Closing {
    const { registry, sockets } = container()
    this.#lifetime.stop()
    registry.close(this.connection.id, closing.why)
    sockets.connections.remove(this.connection, closing.code, closing.reason)
    return closing
  }
}
