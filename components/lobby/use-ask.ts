import { useCallback, useEffect, useRef } from 'react'
import type { CallInput } from '#channels/contract'
import type { lobby } from '#channels/lobby'
import { failureOf, isUnanswered } from '#components/realtime/failure'
import type { Room } from '#components/realtime/room'

type Verb = 'challenge' | 'accept' | 'decline' | 'withdraw'

interface Told {
  /** A game by this id may begin from now on: before the answer comes, or while that is lost. */
  asked: (id: string) => void
  accepted: (id: string) => void
}

/** How long to let a server be that could not answer, in milliseconds. */
const pause = 1_000

/**
 * What is asked of the lobby. Resolves with a sentence to show when it did not work. Each call is safe to repeat, so
 * while no answer comes it is asked again for as long as the page is open, and `silent` is told.
 */
export function useAsk(room: Room<typeof lobby> | undefined, { asked, accepted }: Told) {
  const over = useRef(false)
  useEffect(() => {
    over.current = false
    return () => {
      over.current = true
    }
  }, [])

  return useCallback(
    async <Call extends Verb>(
      call: Call,
      input: CallInput<typeof lobby, Call>,
      silent?: () => void,
    ): Promise<string | undefined> => {
      if (!room) return 'The page has not come alive yet. Try again.'
      if (call === 'challenge' || call === 'accept') asked(input.id)
      while (true) {
        try {
          const { id } = await room.call(call, input)
          if (call === 'accept') accepted(id)
          return
        } catch (error) {
          if (!isUnanswered(error) || over.current) return failureOf(error)
        }
        silent?.()
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    },
    [room, asked, accepted],
  )
}
