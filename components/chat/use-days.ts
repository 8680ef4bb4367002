import { useMemo, useSyncExternalStore } from 'react'

const never = () => () => {}

/** Names the day of a moment where the person is; on the server, which cannot know, in UTC. */
export function useDays(): (at: number) => string {
  const timeZone = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  )
  return useMemo(() => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
    return (at) => format.format(at)
  }, [timeZone])
}
