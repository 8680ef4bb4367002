import type { AliveReply, AliveRequest } from '#channels/wire'
import type { Counters } from './counters'
import type { Socket, SwitchboardServer } from './socket-server'

/** A socket that has said nothing for so long is closed, in milliseconds: three times `alive` was missed. */
export const silenceAllowed = 45_000

/**
 * Answers `alive` with the rooms in which the client lacks something, so that it finds out that it missed
 * the last push of a room in which nothing follows. Rooms it is not in are passed over.
 */
export async function answerAlive(counters: Counters, socket: Socket, seqs: AliveRequest): Promise<AliveReply> {
  const joined = Object.entries(seqs).filter(([key]) => socket.data.membership.has(key))
  const reached = joined.length > 0 ? await counters.read(joined.map(([key]) => key)) : new Map<string, number>()
  const behind = joined.flatMap(([key, seq]) => {
    const newest = reached.get(key) ?? 0
    return newest > seq ? [[key, newest]] : []
  })
  return { ok: true, behind: Object.fromEntries(behind) }
}

/**
 * Closes the sockets last heard before that moment (milliseconds since 1970), without a reason: whoever is
 * still there comes back by itself. Engine.IO's own heartbeat does not do: a page that has hung answers it too.
 */
export function closeSilent(io: SwitchboardServer, before: number): void {
  for (const socket of io.of('/').sockets.values()) if (socket.data.heardAt < before) socket.disconnect(true)
}
