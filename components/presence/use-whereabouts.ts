import { useEffect, useState } from 'react'
import type { Whereabouts } from '#channels/presence'

/** A tab is idle when it has been hidden for so long, in milliseconds: a glance at another one is no absence. */
const idleAfter = 5_000

/**
 * Whether this tab is looked at, and the part of the page its person is on: the value of `data-part` on the
 * element that has the focus, or on the nearest one around it.
 */
export function useWhereabouts(): Whereabouts {
  const [idle, setIdle] = useState(false)
  const [part, setPart] = useState<string | null>(null)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      if (document.hidden) timer = setTimeout(() => setIdle(true), idleAfter)
      else setIdle(false)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])

  useEffect(() => {
    const arrive = ({ target }: FocusEvent) => setPart(partOf(target))
    // Where the focus goes next; nowhere, when the whole window loses it.
    const depart = ({ relatedTarget }: FocusEvent) => setPart(partOf(relatedTarget))
    setPart(partOf(document.activeElement))
    document.addEventListener('focusin', arrive)
    document.addEventListener('focusout', depart)
    return () => {
      document.removeEventListener('focusin', arrive)
      document.removeEventListener('focusout', depart)
    }
  }, [])

  return { idle, part }
}

function partOf(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest('[data-part]')?.getAttribute('data-part') ?? null) : null
}
