import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** Nearer to the end than this counts as at the end, in CSS pixels. */
const nearEnd = 80

/**
 * Keeps the log where the reader is: at the newest message while they are there, at the same message
 * when older ones come in above it. (Safari has no scroll anchoring of its own.)
 */
export function useScroll(oldest: string | undefined, newest: string | undefined, unconfirmed: number) {
  const log = useRef<HTMLElement>(null)
  const height = useRef(0)
  const first = useRef(oldest)
  const atEnd = useRef(true)
  const [away, setAway] = useState(false)

  const toNewest = useCallback(() => {
    atEnd.current = true
    setAway(false)
    log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [])

  const follow = useCallback(() => {
    const { current } = log
    if (!current) return
    atEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < nearEnd
    setAway(!atEnd.current)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes the height is what it runs for
  useLayoutEffect(() => {
    const { current } = log
    if (!current) return
    const grownAbove = first.current !== oldest
    if (atEnd.current) current.scrollTop = current.scrollHeight
    else if (grownAbove) current.scrollTop += current.scrollHeight - height.current
    first.current = oldest
    height.current = current.scrollHeight
  }, [oldest, newest, unconfirmed])

  // A banner, the keyboard of a phone or a turned screen leave the log with another height.
  useLayoutEffect(() => {
    const { current } = log
    if (!current) return
    const observer = new ResizeObserver(() => {
      if (atEnd.current) current.scrollTop = current.scrollHeight
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [])

  // Sending is a wish to see what was sent.
  const sent = useRef(unconfirmed)
  useLayoutEffect(() => {
    if (unconfirmed > sent.current) toNewest()
    sent.current = unconfirmed
  }, [unconfirmed, toNewest])

  return { log, follow, away, toNewest }
}
