import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** Nearer to the end than this counts as at the end, in CSS pixels. */
const nearEnd = 80

/**
 * Keeps the log where the reader is: at the newest message while they are there, at the same message
 * when older ones come in above it. (Safari has no scroll anchoring of its own.)
 */
export function useScroll(oldest: string | undefined, unconfirmed: number) {
  const log = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const height = useRef(0)
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

  // Whatever changes the height of either: a message, a failure under one, a banner, the keyboard of a phone.
  useLayoutEffect(() => {
    const { current } = log
    if (!current || !content.current) return
    const observer = new ResizeObserver(() => {
      if (atEnd.current) current.scrollTop = current.scrollHeight
      height.current = current.scrollHeight
    })
    observer.observe(current)
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [])

  // Before the browser paints, or what is read would be seen to jump.
  const first = useRef(oldest)
  useLayoutEffect(() => {
    const { current } = log
    if (!current || first.current === oldest) return
    first.current = oldest
    if (!atEnd.current) current.scrollTop += current.scrollHeight - height.current
    height.current = current.scrollHeight
  }, [oldest])

  // Sending is a wish to see what was sent.
  const sent = useRef(unconfirmed)
  useLayoutEffect(() => {
    if (unconfirmed > sent.current) toNewest()
    sent.current = unconfirmed
  }, [unconfirmed, toNewest])

  return { log, content, follow, away, toNewest }
}
