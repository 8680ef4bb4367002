import { useSearchParams } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { OrderQuery } from '#channels/orders'
import { addressOf, readQuery } from './order-address'

/** The address of the list on screen, also on the way back and forward. */
export function useOrderAddress(): string {
  const entry = useRef<unknown>(null)
  useEffect(() => {
    entry.current = window.history.state
  })
  useEffect(() => {
    const here = window.location.pathname
    // An entry of before a reload belongs to a page that is gone. Next fetches it anew, and what is chosen meanwhile is
    // lost to its answer, or costs the whole document. This page follows its address without that: the entry becomes one
    // of this page before Next looks at it.
    const adopt = (event: PopStateEvent) => {
      if (window.location.pathname !== here) return
      event.stopImmediatePropagation()
      window.history.replaceState(entry.current, '', window.location.href)
      window.history.replaceState(null, '', window.location.href)
    }
    window.addEventListener('popstate', adopt, { capture: true })
    return () => window.removeEventListener('popstate', adopt, { capture: true })
  }, [])
  return addressOf(readQuery(Object.fromEntries(useSearchParams())))
}

/** Into the address, which everything else follows: a reload, a bookmark and the way back show the same. */
export function choose(query: OrderQuery, how: 'push' | 'replace' = 'push'): void {
  const address = addressOf(query)
  if (how === 'push') window.history.pushState(null, '', address)
  else window.history.replaceState(null, '', address)
}
