import type { Ended } from '#channels/wire'
import { container } from '#server/container'
import { describeEnd, findLiveSession } from '#server/models/session'
import type { Socket } from './socket-server'

/** The room, of no channel, that holds all sockets of one session. */
export function sessionRoom(sessionId: string): string {
  return `session:${sessionId}`
}

/** Tells every socket of a session, on every node, that it has ended, and closes them. */
export function closeSessionSockets(sessionId: string, ended: Ended): void {
  const sockets = container().io.in(sessionRoom(sessionId))
  sockets.emit('ended', ended)
  sockets.disconnectSockets(true)
}

/** Tells one socket why it is closed, and closes it. */
export function closeSocket(socket: Socket, ended: Ended): void {
  container().log.info({ socket: socket.id, reason: ended.reason }, 'socket closed')
  socket.emit('ended', ended)
  socket.disconnect(true)
}

/**
 * Looks at the session once more, after the socket has joined its session's room: an end between the
 * handshake and that moment found no socket to close.
 */
export async function closeIfEnded(socket: Socket): Promise<void> {
  const { id } = socket.data.session
  try {
    if (await findLiveSession(id)) return
    closeSocket(socket, (await describeEnd(id)) ?? { reason: 'signed-out', retry: false })
  } catch (error) {
    // Not knowing is no reason to stay: the client comes back and is asked again.
    container().log.error({ err: error, socket: socket.id }, 'session could not be checked')
    socket.disconnect(true)
  }
}
