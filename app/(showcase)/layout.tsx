import type { ReactNode } from 'react'
import { BroadcastBanner } from '#components/broadcast/broadcast-banner'
import { ConnectionBadge } from '#components/realtime/connection-badge'
import { SessionEnd } from '#components/shell/session-end'
import { Shell } from '#components/shell/shell'
import { requireSession } from '#server/auth/guard'
import { openBroadcasts } from '#server/models/broadcast'

export default async function ShowcaseLayout({ children }: { children: ReactNode }) {
  const { user } = await requireSession()
  const banner = <BroadcastBanner me={user} initial={await openBroadcasts(user)} />
  return (
    <Shell person={user} banner={banner} badge={<ConnectionBadge />}>
      {children}
      <SessionEnd />
    </Shell>
  )
}
