import type { z } from 'zod'
import { roomKey } from '#channels/contract'
import type { JoinReply, joinRequest, LeaveReply, leaveRequest } from '#channels/wire'
import { container } from '#server/container'
import { refuse } from '#server/refusal'
import { countJoin } from './metrics-count'
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
  const { membership, rights } = socket.data
  const admit = async (check: () => void): Promise<JoinReply> => {
    const { session } = socket.data
    await served.authorize({ session, room })
    check()
    // Joining a socket that has gone would keep its entry in the room for ever.
    if (!socket.connected) refuse('unavailable', 'The line was cut.')
    membership.add(key, () => served.enter({ session, room, socketId: socket.id }))
    await socket.join(key)
    try {
      const { positions, replays, stateLoads } = container().roomLog
      const position = await positions.of(key)
      const replay = since && (await replays.after(key, since, position))
      const lacking = replay ?? { position, state: await stateLoads.run(() => served.state({ session, room })) }
      countJoin(served.channel, replay)
      // It joins again at once, and the newest values come with the last page.
      if (replay?.more) return { ok: true, ...replay }
      // Last of all: what is newer leaves in a later turn than this answer (conflation.ts).
      return { ok: true, ...lacking, latest: container().latest.read(served.channel, room) }
    } catch (error) {
      await quit(socket, key)
      throw error
    }
  }
  return membership.queueJoin(key, container().env.roomsPerSocket, () => rights.steadily(admit))
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
