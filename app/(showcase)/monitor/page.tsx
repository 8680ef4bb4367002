import type { Metadata } from 'next'
import { everySocket } from '#channels/monitor'
import { proves } from '#components/catalog'
import { MonitorPanel } from '#components/monitor/monitor-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireAdmin } from '#server/auth/guard'
import { listUsers } from '#server/models/user-list'
import { listSockets, openMonitor } from '#server/sockets/monitor/operate'

export const metadata: Metadata = { title: 'Monitor' }

export default async function MonitorPage() {
  const { user } = await requireAdmin()
  const [initial, sockets, users] = await Promise.all([
    openMonitor(user),
    listSockets(user, everySocket),
    listUsers(user),
  ])
  const people = users.map(({ id, name }) => ({ id, name }))
  return (
    <>
      <PageHeader title="Monitor" proves={proves('monitor')} />
      <PageBody>
        <MonitorPanel initial={initial} sockets={sockets} people={people} />
      </PageBody>
    </>
  )
}
