import type { Metadata } from 'next'
import { BroadcastPanel } from '#components/broadcast/broadcast-panel'
import { proves } from '#components/catalog'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireAdmin } from '#server/auth/guard'
import { openDesk } from '#server/models/broadcast-room'
import { listUsers } from '#server/models/user-list'
import { announceBroadcast, editBroadcast, withdrawBroadcast } from './actions'

export const metadata: Metadata = { title: 'Broadcast' }

export default async function BroadcastPage() {
  const { user } = await requireAdmin()
  const [initial, users] = await Promise.all([openDesk(user), listUsers(user)])
  const people = users.flatMap(({ id, name, disabledAt }) => (disabledAt === null ? [{ id, name }] : []))
  const actions = { announce: announceBroadcast, edit: editBroadcast, withdraw: withdrawBroadcast }
  return (
    <>
      <PageHeader title="Broadcast" proves={proves('broadcast')} />
      <PageBody>
        <BroadcastPanel people={people} initial={initial} {...actions} />
      </PageBody>
    </>
  )
}
