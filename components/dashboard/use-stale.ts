import { useEffect, useState } from 'react'
import type { RoomStatus } from '#components/realtime/room'

/** A value comes every second; after so long without one something is wrong. In milliseconds. */
const freshFor = 3_000

export type Staleness = 'cut' | 'late' | null

/**
 * Whether what is shown is old: the line is cut, or no new value, told by its moment `at`, has come for three seconds.
 * By this machine's clock alone, whatever the time of day it believes in.
 */
export function useStale(at: number | undefined, status: RoomStatus): Staleness {
  const [late, setLate] = useState<number>()
  useEffect(() => {
    const timer = setTimeout(() => setLate(at), freshFor)
    return () => clearTimeout(timer)
  }, [at])
  if (status === 'offline') return 'cut'
  return at !== undefined && late === at ? 'late' : null
}
