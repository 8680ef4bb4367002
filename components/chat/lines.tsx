import { useEffect, useRef } from 'react'
import { LocalTime } from '#components/ui/local-time'

const line = 'flex items-center gap-3 px-2 pt-4 pb-1 text-xs before:h-px before:flex-1 after:h-px after:flex-1'

export function DayLine({ at }: { at: number }) {
  return (
    <div className={`text-ink-3 before:bg-line after:bg-line ${line}`}>
      <LocalTime at={at} form="date" />
    </div>
  )
}

/** Above the first message that was not read; tells when it has come into sight. */
export function NewLine({ onSeen }: { onSeen: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) onSeen()
    })
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [onSeen])
  return (
    <div ref={place} className={`font-medium text-danger before:bg-danger/40 after:bg-danger/40 ${line}`}>
      New
    </div>
  )
}
