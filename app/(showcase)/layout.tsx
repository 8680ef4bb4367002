import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { BroadcastBanner } from '#components/broadcast/broadcast-banner'
import { NoticeToasts } from '#components/monitor/notice-toasts'
import { NotificationProvider } from '#components/notification/notification-provider'
import { NotificationBell } from '#components/notification/unread-count'
import { ConnectionBadge } from '#components/realtime/connection-badge'
import { SignInAskDialog } from '#components/session/sign-in-ask-dialog'
import { SessionEnd } from '#components/shell/session-end'
import { Shell } from '#components/shell/shell'
import { stripChoiceOf, stripCookie } from '#components/ticker/choice.ts'
import { TickerStrip } from '#components/ticker/ticker-strip'
import { requireSession } from '#server/auth/guard'
import { openBroadcasts } from '#server/models/broadcast-room'
import { openNotifications } from '#server/models/notification-inbox'
import { openSessions } from '#server/models/session-list'
import { openStrip } from '#server/sockets/ticker/open-ticker'

export default async function ShowcaseLayout({ children }: { children: ReactNode }) {
  const { user } = await requireSession()
  const banner = <BroadcastBanner me={user} initial={await openBroadcasts(user)} />
  const badge = (
    <>
      <NotificationBell />
      <ConnectionBadge />
    </>
  )
  const choice = stripChoiceOf((await cookies()).get(stripCookie(user.id))?.value)
  const strip = <TickerStrip userId={user.id} initial={await openStrip()} choice={choice} />
  return (
    <NotificationProvider userId={user.id} initial={await openNotifications(user)}>
      <Shell person={user} banner={banner} badge={badge} strip={strip}>
        {children}
        <SignInAskDialog me={user} initial={await openSessions(user, user.id)} />
        <NoticeToasts />
        <SessionEnd />
      </Shell>
    </NotificationProvider>
  )
}
