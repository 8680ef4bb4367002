import { useCallback, useEffect, useRef, useState } from 'react'
import type { UserRef } from '#channels/user'

/** A typing sign counts this long, in milliseconds, so that one whose end is never told cannot stick. */
const shownFor = 4_000

/** Who is typing, from signs that say only "just now". */
export function useTyping(me: UserRef) {
  const [names, setNames] = useState<string[]>([])
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())

  const stopped = useCallback(({ name }: UserRef) => {
    clearTimeout(timers.current.get(name))
    timers.current.delete(name)
    setNames([...timers.current.keys()])
  }, [])

  const seen = useCallback(
    (user: UserRef) => {
      if (user.id === me.id) return
      clearTimeout(timers.current.get(user.name))
      timers.current.set(
        user.name,
        setTimeout(() => stopped(user), shownFor),
      )
      setNames([...timers.current.keys()])
    },
    [me.id, stopped],
  )

  useEffect(() => {
    const running = timers.current
    return () => {
      for (const timer of running.values()) clearTimeout(timer)
      running.clear()
    }
  }, [])

  return { names, seen, stopped }
}
