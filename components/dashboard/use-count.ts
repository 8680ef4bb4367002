import { useEffect, useRef, useState } from 'react'

/** How long it counts, in milliseconds. */
const countFor = 400

/** Counts to a new value, slower towards its end; at once for those who want nothing to move. */
export function useCount(value: number): number {
  const [shown, setShown] = useState(value)
  const reached = useRef(value)
  useEffect(() => {
    const first = reached.current
    if (first === value) return
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const began = performance.now()
    const step = (now: number) => {
      const left = still ? 0 : Math.max(0, 1 - (now - began) / countFor)
      reached.current = value + (first - value) * left ** 3
      setShown(Math.round(reached.current))
      if (left > 0) frame = requestAnimationFrame(step)
    }
    let frame = requestAnimationFrame(step)
    return () => cancelAnimationFrame(frame)
  }, [value])
  return shown
}
