import { useEffect, useState } from 'react'
import type { UserRef } from '#channels/user'
import { failureOf } from '#components/realtime/failure'
import { useRoomList } from './rooms-provider'

/** While somebody types, the server is asked once they pause for so long, in milliseconds. */
const pause = 150

interface Found {
  people: UserRef[] | undefined
  failure?: string
}

/** The people whose name holds the text, asked anew as it changes; `undefined` until the first answer, and without a text to look for. */
export function usePeople(text: string | undefined): Found {
  const { people: ask } = useRoomList()
  const [found, setFound] = useState<Found>({ people: undefined })

  useEffect(() => {
    if (text === undefined) return
    let over = false
    const show = (next: Found) => {
      if (!over) setFound(next)
    }
    const timer = setTimeout(
      () =>
        void ask(text).then(
          (people) => show({ people }),
          (error: unknown) => show({ people: [], failure: failureOf(error) }),
        ),
      pause,
    )
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [text, ask])

  return text === undefined ? { people: undefined } : found
}
