import type { AliveReply, AliveRequest } from '#channels/wire'
import { container } from '#server/container'
import { isRenewable } from '#server/models/session'
import type { Socket, SwitchboardServer } from './socket-server'

/** A socket that has said nothing for so long is closed, in milliseconds: three times `alive` was missed. */
export const silenceAllowed = 45_000

/**
 * Answers `alive` with the rooms in which the client lacks something, so that it finds out that it missed
 * the last push of a room in which nothing follows. Rooms it is not in are passed over. With `renew` once half
 * of the session's life is over, until somebody has renewed it.
 */
export async function answerAlive(socket: Socket, seqs: AliveRequest): Promise<AliveReply> {
  const joined = Object.entries(seqs).filter(([key]) => socket.data.membership.has(key))
  const { positions } = container().roomLog
  const reached = await positions.counters(joined.map(([key]) => key))
  const behind = joined.flatMap(([key, seq]) => {
    const newest = reached.get(key) ?? 0
    return newest > seq ? [[key, newest]] : []
  })
  const renew = isRenewable(socket.data.session.expiresAt)
  return { ok: true, behind: Object.fromEntries(behind), now: Date.now(), ...(renew && { renew }) }
}

/**
 * Closes the sockets last heard before that moment (milliseconds since 1970), without a reason: whoever is
 * still there comes back by itself. Engine.IO's own heartbeat does not do: a page that has hung answers it too.
 */
export function closeSilent(io: SwitchboardServer, before: number): void {
  for (const socket of io.of('/').sockets.values()) if (socket.data.heardAt < before) socket.disconnect(true)
}
