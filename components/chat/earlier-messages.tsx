import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button'
import { Skeleton } from '#components/ui/skeleton'

interface EarlierMessagesProps {
  more: boolean
  history: 'idle' | 'loading' | 'failed'
  onLoad: () => Promise<void>
}

/** Loads what came before when it is scrolled into sight; a button does the same for keyboards and after a failure. */
export function EarlierMessages({ more, history, onLoad }: EarlierMessagesProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current || !more || history !== 'idle') return
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void onLoad()
    })
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [more, history, onLoad])

  if (!more) return <p className="pb-2 text-center text-xs text-ink-3">This is where the room begins.</p>
  return (
    <div ref={place} className="grid min-h-16 justify-items-center pb-2" aria-busy={history === 'loading'}>
      {history === 'failed' && <p className="text-xs text-ink-2">Earlier messages could not be loaded.</p>}
      {history === 'loading' ? (
        <div role="status" className="grid w-full gap-2">
          <span className="sr-only">Loading earlier messages</span>
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-64 max-w-full" />
        </div>
      ) : (
        <Button variant="ghost" size="sm" onClick={() => void onLoad()}>
          {history === 'failed' ? 'Try again' : 'Earlier messages'}
        </Button>
      )}
    </div>
  )
}
