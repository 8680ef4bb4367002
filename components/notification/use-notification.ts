import { useEffect, useMemo, useState } from 'react'
import type { Id } from '#channels/id'
import {
  type InboxFilter,
  type InboxMark,
  type InboxPlace,
  type NotificationPaint,
  notifications,
  type Preference,
} from '#channels/notification'
import { useChannel } from '#components/realtime/use-channel'
import { Fetching } from './fetching'
import { notificationFold } from './notification-fold'

/** What a person is told of, in every tab alike, and what they can do about it. Each rejects with a CallRefused. */
export function useNotifications(userId: string, initial: NotificationPaint) {
  const [fetching] = useState(() => new Fetching())
  const { room, state, status, refusal } = useChannel(notifications, userId, {
    initial,
    fold: notificationFold,
    onPush: {
      notified: (data) => fetching.follow('notified', data),
      changed: (data) => fetching.follow('changed', data),
      swept: (data) => fetching.follow('swept', data),
      preferred: (data) => fetching.follow('preferred', data),
    },
  })
  useEffect(() => (room ? fetching.attach(room) : undefined), [fetching, room])

  const acts = useMemo(
    () => ({
      mark: (ids: Id[], as: InboxMark['as']) => fetching.inTurn((room) => room.call('mark', { ids, as })),
      sweep: (until: Id) => fetching.inTurn((room) => room.call('sweep', { until })),
      page: (filter: InboxFilter, before?: InboxPlace) =>
        fetching.inTurn((room) => room.call('page', { ...filter, before })),
      prefer: (preference: Preference) => fetching.inTurn((room) => room.call('prefer', preference)),
    }),
    [fetching],
  )
  return useMemo(() => ({ state, status, refusal, fetching, ...acts }), [state, status, refusal, fetching, acts])
}

export type Notifications = ReturnType<typeof useNotifications>
