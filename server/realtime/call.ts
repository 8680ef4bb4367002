import type { z } from 'zod'
import { roomKey } from '#channels/contract'
import type { CallReply, callRequest } from '#channels/wire'
import { isRefusal, refuse } from '#server/refusal'
import type { Served } from './serve'
import { closeSocket } from './session-end'
import type { Socket } from './socket-server'

/**
 * Runs a call in a room the socket has joined; otherwise answers `not-joined`, and closes the socket
 * with `forbidden` when it could not have joined. Calls to one room run in the order they were sent;
 * volatile ones do not wait in that line.
 */
export async function runCall(
  served: Served,
  socket: Socket,
  name: string,
  { room, input }: z.infer<typeof callRequest>,
): Promise<CallReply> {
  const key = roomKey(served.channel, room)
  const { membership, rights } = socket.data
  const run = async (): Promise<CallReply> => {
    while (rights.inDoubt) await rights.settled()
    // Its session may have ended while it waited for its turn.
    if (!socket.connected) refuse('unavailable', 'The line was cut.')
    if (!membership.has(key)) await refuseOutsider(served, socket, room)
    const context = { session: socket.data.session, room, socketId: socket.id }
    return { ok: true, output: await served.call(name, context, input) }
  }
  return served.channel.calls[name]?.volatile ? run() : membership.queue(key, run)
}

async function refuseOutsider(served: Served, socket: Socket, room: string): Promise<never> {
  try {
    await served.authorize({ session: socket.data.session, room })
  } catch (error) {
    // What was on its way when the server took the socket out of the room is refused, and no more.
    const lost = socket.data.rights.hasLost(roomKey(served.channel, room))
    if (isRefusal(error) && error.code === 'forbidden' && !lost)
      closeSocket(socket, { reason: 'forbidden', retry: false })
    throw error
  }
  refuse('not-joined', 'Join the room first.')
}
