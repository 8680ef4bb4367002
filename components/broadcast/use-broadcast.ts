import { useEffect, useState } from 'react'
import { type Broadcast, type BroadcastRooms, broadcasts, personRoom } from '#channels/broadcast'
import type { StateOf } from '#channels/contract'
import type { Role, UserRef } from '#channels/user'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'

type State = StateOf<typeof broadcasts>

export const broadcastFold: Fold<typeof broadcasts> = {
  pushes: {
    announced: (state, broadcast) => ({
      ...state,
      standing: [...state.standing.filter(({ id }) => id !== broadcast.id), broadcast].sort((a, b) => a.at - b.at),
    }),
    withdrawn: (state, { id }) => ({ ...state, standing: state.standing.filter((one) => one.id !== id) }),
    dismissed: (state, { id }) => ({ ...state, dismissed: [...new Set([...state.dismissed, id])] }),
  },
  outputs: { dismiss: (state: State, { id }) => ({ ...state, dismissed: [...new Set([...state.dismissed, id])] }) },
}

/** What this person should see of all broadcasts that hold, newest first. */
export function useBroadcasts(me: UserRef & { role: Role }, initial: BroadcastRooms) {
  const all = useChannel(broadcasts, 'all', { initial: initial.all, fold: broadcastFold })
  const role = useChannel(broadcasts, me.role, { initial: initial.role, fold: broadcastFold })
  const person = useChannel(broadcasts, personRoom(me.id), { initial: initial.person, fold: broadcastFold })

  const dismissed = new Set(person.state.dismissed)
  const standing = [...all.state.standing, ...role.state.standing].filter(({ id }) => !dismissed.has(id))
  const shown = useUnexpired(standing).sort((a, b) => b.at - a.at)
  return { shown, dismiss: async (id: string) => void (await person.room?.call('dismiss', { id })) }
}

/** setTimeout holds no more than 31 bits of milliseconds. */
const longestWait = 2 ** 31 - 1

/** Those that have not expired; renders again when the next one does. */
function useUnexpired(all: Broadcast[]): Broadcast[] {
  const [now, setNow] = useState(() => Date.now())
  const next = Math.min(...all.map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY).filter((at) => at > now))
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return
    // A moment more: a timer may fire early, and must then find another time than before to be set again.
    const timer = setTimeout(() => setNow(Date.now()), Math.min(next - now + 1, longestWait))
    return () => clearTimeout(timer)
  }, [next, now])
  return all.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
}
