import type { Metadata } from 'next'
import { KeyPanel } from '#components/api-key/key-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireAdmin } from '#server/auth/guard'
import { listApiKeys } from '#server/models/api-key'
import { createKey, revokeKey } from './actions'

export const metadata: Metadata = { title: 'API keys' }

export default async function KeysPage() {
  const { user } = await requireAdmin()
  return (
    <>
      <PageHeader title="API keys" proves="A key is shown once, and revoking it closes its open sockets at once." />
      <PageBody>
        <KeyPanel keys={await listApiKeys(user)} at={Date.now()} create={createKey} revoke={revokeKey} />
      </PageBody>
    </>
  )
}
