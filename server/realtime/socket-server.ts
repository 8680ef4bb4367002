import { Server as Engine } from 'engine.io'
import type { DefaultEventsMap, Socket as SocketIoSocket } from 'socket.io'
import { Server } from 'socket.io'
import type { Environment } from '#server/env'
import type { LiveSession } from '#server/models/session'
import { closeSilent, silenceAllowed } from './alive'
import { Delivery } from './delivery'
import { dispatch } from './dispatch'
import { Drain } from './drain'
import { Entrance } from './entrance'
import { handshake } from './handshake'
import { Limits } from './limits'
import { Membership } from './membership'
import { NodeMessages } from './node-messages'
import { followPeople, userRoom } from './person'
import { noteMembership, registerSocket } from './registered-socket'
import { Rights } from './rights'
import type { Served } from './serve'
import { closeSocket, sessionRoom } from './session-end'
import { SessionExpiry } from './session-expiry'

export interface SocketData {
  session: LiveSession
  membership: Membership
  rights: Rights
  /** When its last event came, in milliseconds since 1970. */
  heardAt: number
}

export type SwitchboardServer = Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>
export type Socket = SocketIoSocket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>

export interface SocketService {
  io: SwitchboardServer
  delivery: Delivery
  nodeMessages: NodeMessages
  drain: Drain
  entrance: Entrance
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
export function createSocketService(channels: Served[], env: Environment): SocketService {
  const engine = new Engine({
    // WebSocket alone: polling needs sticky sessions, and half its requests would outlive a revoked session.
    transports: ['websocket'],
    maxHttpBufferSize: env.messageBytes,
    perMessageDeflate: false,
  })
  const io: SwitchboardServer = new Server({ serveClient: false, connectTimeout })
  io.bind(engine)
  const entrance = new Entrance(env)
  entrance.guard(engine)
  io.use((socket, next) => handshake(entrance, socket, next))

  const served = new Map(channels.map((one) => [one.channel.name, one]))
  const drain = new Drain(io)
  const serving = { limits: new Limits(env), drain, served }
  const nodeMessages = new NodeMessages(io)
  const expiry = new SessionExpiry(io, nodeMessages)
  followPeople(nodeMessages, io)
  const delivery = new Delivery(io, env.waitingBytes)
  io.on('connection', (socket) => {
    socket.data.membership = new Membership((key, change) => noteMembership(socket, key, change))
    socket.data.heardAt = Date.now()
    socket.data.rights = new Rights(socket, served)
    void socket.join([sessionRoom(socket.data.session.id), userRoom(socket.data.session.user.id)])
    // Whatever changed since the handshake read the session found no socket in these rooms.
    socket.data.rights.doubtPerson()
    expiry.watch(socket.data.session)
    const waiting = delivery.slow.watch(socket)
    registerSocket(socket, () => waiting.bytes)
    if (drain.begun) drain.tell(socket)
    socket.once('disconnect', () => expiry.unwatch(socket.data.session))
    // One that answers no ping has been silent for longer than any return takes.
    socket.once('disconnect', (reason) => socket.data.membership.end(reason === 'ping timeout' ? 'left' : 'cut'))
    // Socket.IO says so of a frame that is none of its own, before it closes the line without a word.
    socket.on('error', () => closeSocket(socket, { reason: 'malformed', retry: false }))
    // A client may give back its socket and keep the line, which nothing would look after any more.
    socket.once('disconnect', () => socket.conn.close())
    socket.onAny((event: unknown, ...args: unknown[]) => void dispatch(serving, socket, event, args))
  })

  const listening = setInterval(() => closeSilent(io, Date.now() - silenceAllowed), lookEvery).unref()

  return {
    io,
    delivery,
    nodeMessages,
    drain,
    entrance,
    engine,
    close: async () => {
      expiry.stop()
      clearInterval(listening)
      await drain.hangUp()
      await io.close()
    },
  }
}
