import { useEffect, useRef, useSyncExternalStore } from 'react'

/** At most one marker in this time, in milliseconds: a busy room would have a call for every message. */
const markEvery = 500

interface Marker {
  room: string
  read: number
  last: number
  /** The newest is in sight, on a screen that is joined. */
  reading: boolean
  onRead: (room: string, number: number) => Promise<unknown>
}

/** Raises one's marker while one reads at the end. What fails is said again with the next message, or when the line is back. */
export function useReadMarker({ room, read, last, reading, onRead }: Marker): void {
  const marked = useRef(0)
  useEffect(() => {
    if (!reading || last <= read) return
    const wait = Math.max(0, marked.current + markEvery - Date.now())
    const timer = setTimeout(() => {
      marked.current = Date.now()
      onRead(room, last).catch(() => {})
    }, wait)
    return () => clearTimeout(timer)
  }, [reading, last, read, onRead, room])
}

/** Whether this tab is looked at. */
export function useVisible(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed)
      return () => document.removeEventListener('visibilitychange', changed)
    },
    () => !document.hidden,
    () => false,
  )
}
