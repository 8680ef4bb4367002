import type { ReactNode } from 'react'
import { BroadcastBanner } from '#components/broadcast/broadcast-banner'
import { NoticeToasts } from '#components/monitor/notice-toasts'
import { NotificationProvider } from '#components/notification/notification-provider'
import { NotificationBell } from '#components/notification/unread-count'
import { ConnectionBadge } from '#components/realtime/connection-badge'
import { SignInAskDialog } from '#components/session/sign-in-ask-dialog'
import { SessionEnd } from '#components/shell/session-end'
import { Shell } from '#components/shell/shell'
import { requireSession } from '#server/auth/guard'
import { openBroadcasts } from '#server/models/broadcast-room'
import { openNotifications } from '#server/models/notification-inbox'
import { openSessions } from '#server/models/session-list'

export default async function ShowcaseLayout({ children }: { children: ReactNode }) {
  const { user } = await requireSession()
  const banner = <BroadcastBanner me={user} initial={await openBroadcasts(user)} />
  const badge = (
    <>
      <NotificationBell />
      <ConnectionBadge />
    </>
  )
  return (
    <NotificationProvider userId={user.id} initial={await openNotifications(user)}>
      <Shell person={user} banner={banner} badge={badge}>
        {children}
        <SignInAskDialog me={user} initial={await openSessions(user, user.id)} />
        <NoticeToasts />
        <SessionEnd />
      </Shell>
    </NotificationProvider>
  )
}
