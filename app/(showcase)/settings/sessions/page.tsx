import type { Metadata } from 'next'
import { proves } from '#components/catalog'
import { PasswordPanel } from '#components/session/password-panel'
import { SessionPanel } from '#components/session/session-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { openSessions } from '#server/models/session-list'
import { changeOwnPassword } from './actions'

export const metadata: Metadata = { title: 'Sessions' }

export default async function SessionsPage() {
  const { id, user } = await requireSession()
  return (
    <>
      <PageHeader title="Sessions" proves={proves('sessions')} />
      <PageBody>
        <SessionPanel person={user} ownId={id} initial={await openSessions(user, user.id)} />
        <PasswordPanel name={user.name} change={changeOwnPassword} />
      </PageBody>
    </>
  )
}
