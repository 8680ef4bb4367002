import { z } from 'zod'
import { type Ended, endReason } from '#channels/wire'
import { container } from '#server/container'
import { defineNodeMessage } from './node-messages'
import type { Socket } from './socket-server'

/** The room, of no channel, that holds all sockets of one session. */
export function sessionRoom(sessionId: string): string {
  return `session:${sessionId}`
}

/** For sockets that are in no room of Socket.IO's. */
export const sessionEnded = defineNodeMessage('session-ended', z.object({ id: z.string(), reason: endReason }))

/** Tells every socket of a session, on every node, that it has ended, and closes them. */
export function closeSessionSockets(sessionId: string, ended: Ended): void {
  container().log.info({ session: sessionId, reason: ended.reason }, 'session ended')
  const sockets = container().io.in(sessionRoom(sessionId))
  sockets.emit('ended', ended)
  sockets.disconnectSockets(true)
  container().nodeMessages.tell(sessionEnded, { id: sessionId, reason: ended.reason })
}

/** Tells one socket why it is closed, and closes it. */
export function closeSocket(socket: Socket, ended: Ended): void {
  socket.emit('ended', ended)
  socket.disconnect(true)
}
