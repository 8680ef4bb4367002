import { useCallback, useEffect, useRef, useState } from 'react'
import { type SearchHit, searchInput } from '#channels/rooms'
import { failureOf } from '#components/realtime/failure'
import { useRoomList } from './rooms-provider'

/** While somebody types, the server is asked once they pause for so long, in milliseconds. */
const pause = 250

interface Found {
  hits: SearchHit[]
  more: boolean
  /** What was looked for. */
  text: string
}

/** Searches as the text changes, and goes on to older hits when asked to. An answer that comes too late is dropped. */
export function useSearch(text: string) {
  const { search } = useRoomList()
  const [found, setFound] = useState<Found>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const turn = useRef(0)

  const ask = useCallback(
    async (earlier: SearchHit[]) => {
      const mine = ++turn.current
      const last = earlier.at(-1)?.message
      setFailure(undefined)
      const parsed = searchInput.safeParse({ text, before: last && { at: last.at, id: last.id } })
      if (!parsed.success) {
        setBusy(false)
        setFound(undefined)
        return
      }
      setBusy(true)
      try {
        const { hits, more } = await search(parsed.data)
        if (mine === turn.current) setFound({ hits: [...earlier, ...hits], more, text: parsed.data.text })
      } catch (error) {
        if (mine === turn.current) setFailure(failureOf(error))
      }
      if (mine === turn.current) setBusy(false)
    },
    [search, text],
  )

  useEffect(() => {
    const timer = setTimeout(() => void ask([]), pause)
    return () => clearTimeout(timer)
  }, [ask])

  return { found, busy, failure, again: () => void ask([]), older: () => void ask(found?.hits ?? []) }
}
