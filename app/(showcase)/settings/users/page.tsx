import type { Metadata } from 'next'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { AddUserPanel } from '#components/user/add-user-panel'
import { UserList } from '#components/user/user-list'
import { requireAdmin } from '#server/auth/guard'
import { readSetting } from '#server/models/setting'
import { listUsers } from '#server/models/user-list'
import { addPerson } from './actions'

export const metadata: Metadata = { title: 'Users' }

export default async function UsersPage() {
  const { user } = await requireAdmin()
  const [users, policy] = await Promise.all([listUsers(user), readSetting('sessionPolicy')])
  return (
    <>
      <PageHeader title="Users" proves="What an admin changes here holds on open screens within a second." />
      <PageBody>
        <UserList users={users} me={user} policy={policy} />
        <AddUserPanel add={addPerson} />
      </PageBody>
    </>
  )
}
