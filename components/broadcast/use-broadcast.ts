import { useCallback } from 'react'
import { type Broadcast, type BroadcastRooms, broadcasts, personRoom } from '#channels/broadcast'
import type { Role, UserRef } from '#channels/user'
import { useChannel } from '#components/realtime/use-channel'
import { useServerNow } from '#components/realtime/use-server-now'
import { broadcastFold } from './broadcast-fold'
import { useHad } from './use-had'

/** What this person should see of all broadcasts that hold, newest first, and what they can do with one. */
export function useBroadcasts(me: UserRef & { role: Role }, initial: BroadcastRooms) {
  const all = useChannel(broadcasts, 'all', { initial: initial.all, fold: broadcastFold })
  const role = useChannel(broadcasts, me.role, { initial: initial.role, fold: broadcastFold })
  const person = useChannel(broadcasts, personRoom(me.id), { initial: initial.person, fold: broadcastFold })

  const done = new Set(person.state.done)
  const standing = [all, role, person].flatMap(({ state }) => state.standing).filter(({ id }) => !done.has(id))
  const shown = useUnexpired(standing).sort((a, b) => b.startsAt - a.startsAt)
  const { room } = person
  useHad(person.status === 'joined' ? room : undefined, shown)
  return {
    shown,
    dismiss: useCallback(async (id: string) => void (await room?.call('dismiss', { id })), [room]),
    acknowledge: useCallback(async (id: string) => void (await room?.call('acknowledge', { id })), [room]),
  }
}

function useUnexpired(all: Broadcast[]): Broadcast[] {
  const now = useServerNow(
    all.some(({ expiresAt }) => expiresAt !== null),
    1_000,
  )
  return all.filter(({ expiresAt }) => expiresAt === null || now === undefined || expiresAt > now)
}
