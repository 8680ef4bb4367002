'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useCallback, useContext } from 'react'
import type { Notification, NotificationPaint } from '#channels/notification'
import { inboxPath } from './inbox-address'
import { type Notifications, useNotifications } from './use-notification'
import { useTelling } from './use-telling'
import { useTitleCount } from './use-title-count'

const Context = createContext<Notifications | undefined>(undefined)

/** Around every page: one room and one teller for each tab, however many places show the count. */
export function NotificationProvider({
  userId,
  initial,
  children,
}: {
  userId: string
  initial: NotificationPaint
  children: ReactNode
}) {
  const notifications = useNotifications(userId, initial)
  const router = useRouter()
  const { mark, state } = notifications
  const open = useCallback(
    (entry?: Notification) => {
      // It is read by being looked at; when that does not arrive it stays unread, which the list shows.
      if (entry && !entry.read) mark([entry.id], 'read').catch(() => {})
      router.push(entry?.href ?? inboxPath)
    },
    [mark, router],
  )
  useTelling(userId, notifications, open)
  useTitleCount(state.unread)
  return <Context value={notifications}>{children}</Context>
}

export function useNotificationContext(): Notifications {
  const notifications = useContext(Context)
  if (!notifications) throw new Error('There is no NotificationProvider around this.')
  return notifications
}

/** Undefined outside of the provider, where there is nothing to count. */
export function useUnread(): number | undefined {
  return useContext(Context)?.state.unread
}
