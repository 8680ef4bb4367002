import { type AudienceRooms, type Broadcast, type BroadcastRooms, broadcasts, personRoom } from '#channels/broadcast'
import type { StateOf } from '#channels/contract'
import type { Role, UserRef } from '#channels/user'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'
import { useNow } from '#components/ui/use-now.ts'

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

/** Every broadcast that stands, whoever it is for, newest first: what the admin sees. */
export function useStandingBroadcasts(initial: AudienceRooms): Broadcast[] {
  const all = useChannel(broadcasts, 'all', { initial: initial.all, fold: broadcastFold })
  const admin = useChannel(broadcasts, 'admin', { initial: initial.admin, fold: broadcastFold })
  const member = useChannel(broadcasts, 'member', { initial: initial.member, fold: broadcastFold })
  return useUnexpired([all, admin, member].flatMap(({ state }) => state.standing)).sort((a, b) => b.at - a.at)
}

function useUnexpired(all: Broadcast[]): Broadcast[] {
  const now = useNow(
    all.some(({ expiresAt }) => expiresAt !== null),
    1_000,
  )
  return all.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
}
