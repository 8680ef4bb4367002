import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import { toast } from 'sonner'
import { type Challenge, type LobbyRooms, lobby, ownLobby, type Settlement } from '#channels/lobby'
import type { UserRef } from '#channels/user'
import { hasPlayed, notePlayed } from '#components/game/played.ts'
import { useChannel } from '#components/realtime/use-channel'
import { lobbyFold } from './lobby-fold'
import { useAsk } from './use-ask'

/**
 * Who wants to play, what is being played, and how people stand. A challenge of one's own that is taken, and one that
 * one takes, leads to its game, once, also when that was while the line was cut, or before the page had joined.
 */
export function useLobby(me: UserRef, initial: LobbyRooms) {
  const router = useRouter()
  // One's own, made here or shown, were it only by the first paint; and those one has asked to take.
  const mine = useRef(new Map<string, { invited?: Challenge['invited'] }>())
  const noteMine = (one: Challenge) => void (one.challenger.id === me.id && mine.current.set(one.id, one))
  const onPush = {
    challenged: noteMine,
    settled: ({ id, as }: { id: string; as: Settlement }) => {
      const invited = mine.current.get(id)?.invited
      if (invited && as === 'declined') toast(`${invited.name} declined your challenge.`)
      if (invited && as === 'gone')
        toast(`${invited.name} has no account here any more. Your challenge to them was withdrawn.`)
    },
  }
  const all = useChannel(lobby, 'all', { initial: initial.all, fold: lobbyFold, onPush })
  const own = useChannel(lobby, ownLobby(me.id), { initial: initial.person, fold: lobbyFold, onPush })
  const challenges = [...own.state.challenges, ...all.state.challenges]
  const { games, standings } = all.state
  const lead = useCallback(
    (id: string) => {
      if (hasPlayed(id)) return
      notePlayed(id)
      router.push(`/game/${id}`)
    },
    [router],
  )
  useEffect(() => {
    for (const one of challenges) noteMine(one)
    // Not by the push: whoever was cut off when it was sent may get a whole new state instead.
    const begun = games.filter(({ id, players }) => mine.current.has(id) && players.some((one) => one.id === me.id))
    for (const { id } of begun) lead(id)
  })

  const asked = useCallback((id: string) => void mine.current.set(id, {}), [])
  const ask = useAsk(own.room, { asked, accepted: lead })
  return {
    challenges,
    games,
    standings,
    status: own.status === 'joined' ? all.status : own.status,
    ask,
  }
}

export type Lobby = ReturnType<typeof useLobby>
