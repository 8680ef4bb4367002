import { useCallback, useEffect, useRef, useState } from 'react'
import { everySocket, type SocketPage, type SocketQuery } from '#channels/monitor'
import { failureOf } from '#components/realtime/failure'
import type { Monitor } from './use-monitor'

/** Other nodes write what has changed a moment later; and while somebody types, the server is asked once they pause. */
const pause = 600

/** The page of sockets or groups that is asked for; asked for anew, at most about once a second, when something changed. */
export function useSockets({ room, status, changes }: Monitor, initial: SocketPage) {
  const [query, setQuery] = useState<SocketQuery>(everySocket)
  const [page, setPage] = useState(initial)
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const turn = useRef(0)

  const ask = useCallback(
    async (wanted: SocketQuery) => {
      if (!room) return
      const mine = ++turn.current
      try {
        const found = await room.call('list', wanted)
        if (mine !== turn.current) return
        setPage(found)
        setFailure(undefined)
      } catch (error) {
        if (mine === turn.current) setFailure(failureOf(error))
      }
      if (mine === turn.current) setBusy(false)
    },
    [room],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the list is a reason to ask, not what is asked
  useEffect(() => {
    if (status !== 'joined') return
    const timer = setTimeout(() => void ask(query), pause)
    return () => clearTimeout(timer)
  }, [ask, status, query, changes])

  function look(change: Partial<SocketQuery>) {
    const next = { ...query, page: 0, ...change }
    setQuery(next)
    setBusy(true)
    if (!('person' in change)) void ask(next)
  }

  return { query, page, failure, busy, look, again: () => void ask(query) }
}

export type Sockets = ReturnType<typeof useSockets>
