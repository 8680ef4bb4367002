import { useEffect, useRef, useState } from 'react'
import { type Notification, usual } from '#channels/notification'
import { FirstToTell } from './first-to-tell'
import { mayNotice, showNotice } from './system-notice'
import { Telling } from './telling'
import { ToldToasts } from './told-toasts'
import type { Notifications } from './use-notification'

/** Tells of what is new, once in this browser; `open` leads to what a notification is about, or to the inbox. */
export function useTelling(userId: string, notifications: Notifications, open: (entry?: Notification) => void): void {
  const { fetching, state } = notifications
  const [toasts] = useState(() => new ToldToasts())
  const now = useRef({ state, open })
  useEffect(() => {
    now.current = { state, open }
  })
  useEffect(() => toasts.settle(state.entries), [toasts, state.entries])

  useEffect(() => {
    const tabs = new FirstToTell(userId)
    const opening = (entry?: Notification) => now.current.open(entry)
    const showToast = (entries: Notification[]) => toasts.show(entries, opening)
    const telling = new Telling(tabs, {
      seen: () => document.visibilityState === 'visible',
      preferenceFor: (kind) => now.current.state.preferences.find((one) => one.kind === kind) ?? usual(kind),
      current: (entry) => now.current.state.entries.find(({ id }) => id === entry.id) ?? entry,
      toast: showToast,
      mayNotice,
      notice: (entry) => showNotice(entry, () => opening(entry)) || showToast([entry]),
    })
    const look = () => {
      const seen = document.visibilityState === 'visible'
      tabs.show(seen)
      if (seen) void telling.lookedAt()
    }
    look()
    document.addEventListener('visibilitychange', look)
    const stop = fetching.onNews((entries) => void telling.tell(entries))
    return () => {
      stop()
      document.removeEventListener('visibilitychange', look)
      tabs.close()
    }
  }, [userId, fetching, toasts])
}
