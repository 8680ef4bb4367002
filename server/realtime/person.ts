import { z } from 'zod'
import { type ChannelContract, roomKey } from '#channels/contract'
import { container } from '#server/container'
import { localSockets } from './local-sockets'
import { defineNodeMessage, type NodeMessages } from './node-messages'
import type { SwitchboardServer } from './socket-server'

/** The room, of no channel, that holds all sockets of one person. */
export function userRoom(userId: string): string {
  return `user:${userId}`
}

export const personChanged = defineNodeMessage('person-changed', z.object({ userId: z.string() }))
const roomChanged = defineNodeMessage('room-changed', z.object({ key: z.string(), userId: z.string().optional() }))

/**
 * Looks anew at everything the person's open sockets may do, on every node; call it after the commit of what
 * changed. Rooms they may no longer be in are left before it returns (on this node) and the client is told
 * `<channel>:left`; then `person`, with the name and role of now. A socket whose session has ended is closed.
 */
export function recheckPerson(userId: string): void {
  container().nodeMessages.tell(personChanged, { userId })
}

/**
 * The same for one room: everyone's membership when who may be in it has changed, or one person's; call it after
 * the commit. With `userId` the client is told `person` too, so that it asks again for a room it was denied.
 */
export function recheckRoom(channel: Pick<ChannelContract, 'name'>, room: string, userId?: string): void {
  container().nodeMessages.tell(roomChanged, { key: roomKey(channel, room), userId })
}

/** Has the sockets of this node follow both. */
export function followPeople(nodeMessages: NodeMessages, io: SwitchboardServer): void {
  nodeMessages.listen(personChanged, ({ userId }) => {
    for (const socket of localSockets(io, userRoom(userId))) socket.data.rights.doubtPerson()
  })
  nodeMessages.listen(roomChanged, ({ key, userId }) => {
    // Not its members alone: others may be joining it just now.
    const sockets = userId === undefined ? io.of('/').sockets.values() : localSockets(io, userRoom(userId))
    for (const socket of sockets) socket.data.rights.doubtRoom(key, userId !== undefined)
  })
}
