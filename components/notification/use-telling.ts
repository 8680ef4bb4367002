import { useEffect, useRef } from 'react'
import { toast } from 'sonner'
import { type Notification, usual } from '#channels/notification'
import { FirstToTell } from './first-to-tell'
import { inboxPath } from './inbox-address'
import { mayNotice, showNotice } from './system-notice'
import { Telling } from './telling'
import type { Notifications } from './use-notification'

/** Tells of what is new, once in this browser; `open` leads to what a notification is about, or to the inbox. */
export function useTelling(userId: string, notifications: Notifications, open: (entry?: Notification) => void): void {
  const { fetching, state } = notifications
  const now = useRef({ state, open })
  useEffect(() => {
    now.current = { state, open }
  })

  useEffect(() => {
    const tabs = new FirstToTell(userId)
    const opening = (entry?: Notification) => now.current.open(entry)
    const showToast = (entries: Notification[]) => toastOf(entries, opening)
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
  }, [userId, fetching])
}

function toastOf(entries: Notification[], open: (entry?: Notification) => void): void {
  const [first] = entries
  const one = entries.length === 1 ? first : undefined
  toast(one ? one.title : `${entries.length} new notifications`, {
    // The same again takes the place of the first.
    id: first?.id ?? inboxPath,
    description: one?.body || undefined,
    duration: 8_000,
    action: { label: 'Open', onClick: () => open(one) },
  })
}
