import type { EndReason } from '#channels/wire'
import { clientAddress } from '#server/auth/address'
import { container } from '#server/container'
import { socketIoPath } from '#server/realtime/registered-socket'
import { closeSocket } from '#server/realtime/session-end'
import type { Socket } from '#server/realtime/socket-server'
import { Attributes } from './attributes'
import { context, type SocketConnection } from './socket-connection'

/**
 * A socket of Socket.IO as the socket service and its listeners see it. What is sent to it comes as the event
 * `message`, with the message as its payload, beside the channels' own events; it belongs to no room, has no number
 * and is not repeated after a cut.
 */
export class LineConnection implements SocketConnection {
  readonly id: string
  readonly apiKey = null
  readonly context = context
  readonly path = socketIoPath
  readonly query: URLSearchParams
  readonly remoteAddress: string
  readonly openedAt: number
  readonly attributes = new Attributes()

  constructor(private readonly socket: Socket) {
    this.id = socket.id
    this.query = new URL(socket.request.url ?? '', 'http://localhost').searchParams
    this.remoteAddress = clientAddress(socket.request, container().env.trustProxy)
    this.openedAt = socket.handshake.issued
  }

  /** As the engine has it now: a session is renewed, and a person gets another role. */
  get session(): NonNullable<SocketConnection['session']> {
    return this.socket.data.session
  }

  get user(): NonNullable<SocketConnection['user']> {
    return this.session.user
  }

  get bufferedAmount(): number {
    return container().registry.waitingBytes(this.id)
  }

  send(message: unknown): Promise<boolean> {
    const { connected } = this.socket
    if (connected) this.socket.send(message)
    return Promise.resolve(connected)
  }

  /** Socket.IO has no codes: a client of ours comes back by itself. */
  close(): void {
    this.socket.disconnect(true)
  }

  /** The event `ended` first, with the word that the session lives on. */
  end(reason: EndReason): void {
    closeSocket(this.socket, { reason, retry: false, at: Date.now(), only: 'socket' })
  }
}

/** Has the service and its listeners know a socket of Socket.IO until it has gone. */
export function followLine(socket: Socket): void {
  const { connections, listeners } = container().sockets
  const connection = new LineConnection(socket)
  connections.add(connection)
  socket.onAny((event: unknown, ...args: unknown[]) => {
    // The acknowledgement is for the engine to give.
    const message = [event, ...args.filter((arg) => typeof arg !== 'function')]
    listeners.tell(connection, (listener) => listener.onMessage?.(connection, message))
  })
  // What Socket.IO says in place of a code and a reason: `transport close`, `ping timeout`.
  socket.once('disconnect', (reason) => connections.remove(connection, 1006, reason))
}
