import type { z } from 'zod'
import { roomKey } from '#channels/contract'
import type { JoinReply, joinRequest, LeaveReply, leaveRequest } from '#channels/wire'
import { container } from '#server/container'
import { refuse } from '#server/refusal'
import { readPosition, readSince } from './log'
import type { Served } from './serve'
import type { Socket } from './socket-server'

/**
 * Makes the socket a member and answers with what it lacks: the pushes since the position it names, or
 * the state. The order closes every hole: first the membership, so that whatever commits from now on is
 * delivered; then the position; then what lies before it. What comes twice that way, the client drops
 * by its number.
 */
export function join(
  served: Served,
  socket: Socket,
  { room, position: since }: z.infer<typeof joinRequest>,
): Promise<JoinReply> {
  const key = roomKey(served.channel, room)
  const { session, membership } = socket.data
  return membership.queue(key, async () => {
    await served.authorize({ session, room })
    // Joining a socket that has gone would keep its entry in the room for ever.
    if (!socket.connected) refuse('unavailable', 'The line was cut.')
    await socket.join(key)
    membership.add(key)
    try {
      const { prisma } = container().database
      const position = await readPosition(prisma, key)
      const pushes = since && (await readSince(prisma, key, since, position))
      if (pushes) return { ok: true, position, pushes }
      return { ok: true, position, state: await served.state({ session, room }) }
    } catch (error) {
      await quit(socket, key)
      throw error
    }
  })
}

/** Ends the membership. Leaving a room one is not in is granted too: the client wanted to be out. */
export function leave(served: Served, socket: Socket, { room }: z.infer<typeof leaveRequest>): Promise<LeaveReply> {
  const key = roomKey(served.channel, room)
  return socket.data.membership.queue(key, async () => {
    await quit(socket, key)
    return { ok: true }
  })
}

async function quit(socket: Socket, key: string): Promise<void> {
  socket.data.membership.delete(key)
  await socket.leave(key)
}
