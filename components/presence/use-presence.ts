import { useEffect, useMemo } from 'react'
import { type PresencePaint, presence } from '#channels/presence'
import type { UserRef } from '#channels/user'
import { CallRefused } from '#components/realtime/call'
import type { Fold } from '#components/realtime/fold'
import { useChannel } from '#components/realtime/use-channel'
import { peopleIn } from './people'
import { useWhereabouts } from './use-whereabouts'

export const presenceFold: Fold<typeof presence> = { pushes: {} }

/** Who walks through the fields of a form is told of where they stop, after so many milliseconds. */
const settled = 250

interface Options {
  me: UserRef
  initial: PresencePaint
}

/**
 * Who is in a presence room (`presenceRoom` in channels/presence.ts), oneself included, which one is while this is
 * mounted. `others` is the number of people beside those listed.
 */
export function usePresence(name: string, { me, initial }: Options) {
  const { room, latest, status } = useChannel(presence, name, { initial, fold: presenceFold })
  const { idle, part } = useWhereabouts()

  // Told anew after each join: the server may hold what the tab was before it was cut or loaded again.
  useEffect(() => {
    if (!room || status !== 'joined') return
    const timer = setTimeout(() => void room.call('move', { idle, part }).catch(ignorePassing), settled)
    return () => clearTimeout(timer)
  }, [room, status, idle, part])

  const people = useMemo(() => peopleIn(Object.values(latest.present), me), [latest.present, me])
  const others = Object.values(latest.others).reduce((sum, { people }) => sum + people, 0)
  return { people, others, status }
}

/** The next move or join says what this one could not; what can never be said is for whoever wrote the page. */
function ignorePassing(error: unknown): void {
  if (!(error instanceof CallRefused) || error.refused.code === 'invalid') throw error
}
