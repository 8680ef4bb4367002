import { usePathname, useSearchParams } from 'next/navigation'
import { type RefObject, useLayoutEffect, useRef } from 'react'

/** What a person scrolls with. */
const byHand = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

/**
 * Neither the browser nor Next knows of an inner scroller's place. It is kept for each entry of the history, by the
 * entry's own key: Next writes `history.state` as it likes. A browser that has no such keys begins at the top.
 */
export function useScrollPlace(scroller: RefObject<HTMLElement | null>): void {
  const address = `${usePathname()}?${useSearchParams()}`
  const shown = useRef<string>(undefined)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another address may be another entry
  useLayoutEffect(() => {
    const box = scroller.current
    const key = window.navigation?.currentEntry?.key
    if (!box || !key) return
    const name = `place ${key}`
    const keep = () => sessionStorage.setItem(name, `${Math.round(box.scrollTop)}`)
    const kept = sessionStorage.getItem(name)
    // An entry that has only got another address is where it is.
    let goal = kept === null || shown.current === key ? undefined : Number(kept)
    shown.current = key

    // The page may still grow to what it was.
    const approach = () => {
      if (goal === undefined) return
      box.scrollTop = goal
      if (box.scrollTop >= goal - 1) goal = undefined
    }
    approach()
    if (kept === null) keep()

    const growth = new ResizeObserver(approach)
    for (const child of box.children) growth.observe(child)
    const listening = new AbortController()
    const { signal } = listening
    box.addEventListener('scroll', () => goal === undefined && keep(), { passive: true, signal })
    for (const kind of byHand) {
      window.addEventListener(kind, () => (goal = undefined), { passive: true, capture: true, signal })
    }
    return () => {
      growth.disconnect()
      listening.abort()
    }
  }, [address, scroller])
}
