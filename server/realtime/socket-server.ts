import { Server as Engine } from 'engine.io'
import type { DefaultEventsMap, Socket as SocketIoSocket } from 'socket.io'
import { Server } from 'socket.io'
import { type Ended, maxMessageBytes } from '#channels/wire'
import { container } from '#server/container'
import type { LiveSession } from '#server/models/session'
import { closeSilent, silenceAllowed } from './alive'
import { Counters } from './counters'
import { Delivery } from './delivery'
import { dispatch } from './dispatch'
import { handshake } from './handshake'
import { Membership } from './membership'
import type { Served } from './serve'
import { closeIfEnded, sessionRoom } from './session-end'
import { SessionExpiry } from './session-expiry'

export interface SocketData {
  session: LiveSession
  membership: Membership
  /** When its last event came, in milliseconds since 1970. */
  heardAt: number
}

export type SwitchboardServer = Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>
export type Socket = SocketIoSocket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>

export interface SocketService {
  io: SwitchboardServer
  delivery: Delivery
  /** Takes the http upgrades of `/socket.io`; the router in server/http decides which those are. */
  engine: Engine
  close(): Promise<void>
}

/** How often silent sockets are looked for, in milliseconds. */
const lookEvery = 5_000

/** A socket that has not named its session by then is closed, in milliseconds. */
const connectTimeout = 10_000

/**
 * The Socket.IO server of this process, serving the given channels.
 * Bound to an engine of its own rather than to the http server, whose `upgrade` event it would take over.
 */
export function createSocketService(channels: Served[]): SocketService {
  const engine = new Engine({
    // WebSocket alone: polling needs sticky sessions, and half its requests would outlive a revoked session.
    transports: ['websocket'],
    maxHttpBufferSize: maxMessageBytes,
    perMessageDeflate: false,
  })
  const io: SwitchboardServer = new Server({ serveClient: false, connectTimeout })
  io.bind(engine)
  // A client of ours opens one socket on a line; the protocol would let it open any number, each with its queries.
  const taken = new WeakSet<object>()
  io.use((socket, next) => {
    if (taken.has(socket.conn)) return socket.conn.close()
    taken.add(socket.conn)
    handshake(socket, next)
  })
  engine.on('connection_error', ({ code, message }: { code: number; message: string }) => {
    container().log.info({ code, message }, 'upgrade refused')
  })

  const serving = { counters: new Counters(), served: new Map(channels.map((one) => [one.channel.name, one])) }
  const expiry = new SessionExpiry()
  io.on('connection', (socket) => {
    socket.data.membership = new Membership()
    socket.data.heardAt = Date.now()
    void socket.join(sessionRoom(socket.data.session.id))
    void closeIfEnded(socket)
    expiry.watch(socket.data.session)
    socket.once('disconnect', () => expiry.unwatch(socket.data.session))
    socket.onAny((event: unknown, ...args: unknown[]) => void dispatch(serving, socket, event, args))
  })

  const listening = setInterval(() => closeSilent(io, Date.now() - silenceAllowed), lookEvery).unref()

  return {
    io,
    delivery: new Delivery(io),
    engine,
    close: async () => {
      expiry.stop()
      clearInterval(listening)
      const restarting: Ended = { reason: 'restarting', retry: true }
      io.emit('ended', restarting)
      await io.close()
    },
  }
}
