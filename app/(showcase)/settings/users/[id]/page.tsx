import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SessionPanel } from '#components/session/session-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { UserPanel } from '#components/user/user-panel'
import { requireAdmin } from '#server/auth/guard'
import { openSessions } from '#server/models/session-list'
import { readSetting } from '#server/models/setting'
import { findUser } from '#server/models/user-list'
import * as actions from './actions'

export const metadata: Metadata = { title: 'User' }

export default async function UserPage({ params }: PageProps<'/settings/users/[id]'>) {
  const { id, user: admin } = await requireAdmin()
  const user = await findUser(admin, (await params).id)
  if (!user) notFound()
  const [initial, policy] = await Promise.all([openSessions(admin, user.id), readSetting('sessionPolicy')])
  return (
    <>
      <PageHeader title={user.name} proves="What you change here holds on this person’s screens at once." />
      <PageBody>
        <UserPanel user={user} own={user.id === admin.id} policy={policy} actions={{ ...actions }} />
        <SessionPanel person={user} ownId={id} initial={initial} />
      </PageBody>
    </>
  )
}
