import { useEffect, useState } from 'react'

/**
 * The time in milliseconds since 1970, renewed every `every` milliseconds while `running`. Not one long timer
 * to the moment that matters: a laptop that slept, or a clock that was set, would miss it.
 */
export function useNow(running: boolean, every: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [running, every])
  return now
}
