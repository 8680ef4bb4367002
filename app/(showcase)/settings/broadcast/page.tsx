import type { Metadata } from 'next'
import { BroadcastPanel } from '#components/broadcast/broadcast-panel'
import { proves } from '#components/catalog'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireAdmin } from '#server/auth/guard'
import { openAudiences } from '#server/models/broadcast'
import { announceBroadcast, withdrawBroadcast } from './actions'

export const metadata: Metadata = { title: 'Broadcast' }

export default async function BroadcastPage() {
  const { user } = await requireAdmin()
  const initial = await openAudiences(user)
  return (
    <>
      <PageHeader title="Broadcast" proves={proves('broadcast')} />
      <PageBody>
        <BroadcastPanel initial={initial} announce={announceBroadcast} withdraw={withdrawBroadcast} />
      </PageBody>
    </>
  )
}
