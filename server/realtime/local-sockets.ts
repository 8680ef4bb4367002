import type { Socket, SwitchboardServer } from './socket-server'

/** The sockets of this node that are in a room of Socket.IO's adapter. */
export function localSockets(io: SwitchboardServer, room: string): Socket[] {
  const { adapter, sockets } = io.of('/')
  // One that is still in its handshake may be in a room, and is not among the sockets.
  return [...(adapter.rooms.get(room) ?? [])].flatMap((id) => sockets.get(id) ?? [])
}
