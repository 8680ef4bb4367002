import type { Metadata } from 'next'
import { proves } from '#components/catalog'
import { SeeItHappen } from '#components/settings/see-it-happen'
import { SessionPolicyPanel } from '#components/settings/session-policy-panel'
import { SettingsLinks } from '#components/settings/settings-links'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { readSetting } from '#server/models/setting'
import { changePolicy } from './actions'

export const metadata: Metadata = { title: 'One device' }

export default async function OneDevicePage() {
  const { user } = await requireSession()
  const policy = await readSetting('sessionPolicy')
  return (
    <>
      <PageHeader title="One device" proves={proves('one-device')} />
      <PageBody>
        <SessionPolicyPanel role={user.role} policy={policy} change={changePolicy} />
        <SettingsLinks role={user.role} />
        <SeeItHappen />
      </PageBody>
    </>
  )
}
