import type { Left, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { isRefusal, type Refusal } from '#server/refusal'
import type { Served } from './serve'
import type { Socket } from './socket-server'

/** Why a socket that has joined this room may not be there any more; undefined while it may. */
export async function refusalOf(
  served: Map<string, Served>,
  socket: Socket,
  key: string,
): Promise<Refusal | undefined> {
  const { channel, room } = partsOf(key)
  try {
    await served.get(channel)?.authorize({ session: socket.data.session, room })
  } catch (error) {
    if (isRefusal(error)) return error
    throw error
  }
}

/** Ends the membership of a socket that has left the room in the adapter already, and says so to its client. */
export function expel(socket: Socket, key: string, { code, message }: Refusal): void {
  const { channel, room } = partsOf(key)
  socket.data.membership.delete(key)
  socket.emit(`${channel}:left`, { room, code, message } satisfies Left)
}

/**
 * Has the socket hear the room again, and sends it what tells its client what it missed: the newest values, and the
 * newest push of the log, before which it sees a gap and asks. What it has of them already, it drops.
 */
export async function readmit(served: Map<string, Served>, socket: Socket, key: string): Promise<void> {
  const { channel, room } = partsOf(key)
  const { membership, session } = socket.data
  // Entered anew, so that others see the person of now; as after a cut, which loses nothing of where they are.
  membership.delete(key, 'cut')
  membership.add(key, () => served.get(channel)?.enter({ session, room, socketId: socket.id }) ?? (() => {}))
  await socket.join(key)
  const { latest, roomLog } = container()
  const values = latest.repair(key)
  if (values.length > 0) socket.emit(`${channel}:push`, { room, pushes: values } satisfies PushFrame)
  const now = await roomLog.positions.of(key)
  if (now.seq === 0) return
  const newest = await roomLog.replays.after(key, { ...now, seq: now.seq - 1 }, now)
  if (newest) socket.emit(`${channel}:push`, { room, pushes: newest.pushes } satisfies PushFrame)
}

function partsOf(key: string): { channel: string; room: string } {
  const slash = key.indexOf('/')
  return { channel: key.slice(0, slash), room: key.slice(slash + 1) }
}
