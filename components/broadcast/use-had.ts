import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { Broadcast, broadcasts } from '#channels/broadcast'
import type { Room } from '#components/realtime/room'

/** Tells the server once which broadcasts this screen shows, and once more when someone can see them. */
export function useHad(room: Room<typeof broadcasts> | undefined, shown: Broadcast[]): void {
  const visible = useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed)
      return () => document.removeEventListener('visibilitychange', changed)
    },
    () => document.visibilityState === 'visible',
    () => false,
  )
  const told = useRef(new Map<string, boolean>())
  const ids = shown.map(({ id }) => id).join(' ')
  useEffect(() => {
    const news = ids.split(' ').filter((id) => id && (visible ? told.current.get(id) !== true : !told.current.has(id)))
    if (!room || news.length === 0) return
    const before = new Map(told.current)
    for (const id of news) told.current.set(id, visible)
    room.call('had', { ids: news.slice(0, 50), seen: visible }).catch(() => {
      // The line was cut: the next join tells it again.
      told.current = before
    })
  }, [room, ids, visible])
}
