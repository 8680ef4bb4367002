import type { Metadata } from 'next'
import { proves } from '#components/catalog'
import { readFilter } from '#components/notification/inbox-address.ts'
import { NotificationPanel } from '#components/notification/notification-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { openNotifications, readPage } from '#server/models/notification-inbox'

export const metadata: Metadata = { title: 'Notifications' }

export default async function NotificationsPage({ searchParams }: PageProps<'/notifications'>) {
  const { user } = await requireSession()
  const filter = readFilter(await searchParams)
  await openNotifications(user)
  return (
    <>
      <PageHeader title="Notifications" proves={proves('notifications')} />
      <PageBody>
        <NotificationPanel filter={filter} first={await readPage(user, filter)} />
      </PageBody>
    </>
  )
}
