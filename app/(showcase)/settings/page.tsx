import type { Metadata } from 'next'
import { proves } from '#components/catalog'
import { OneDevicePanel } from '#components/settings/one-device-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { readSetting } from '#server/models/setting'
import { changeOneDevice } from './actions'

export const metadata: Metadata = { title: 'One device' }

export default async function OneDevicePage() {
  const { user } = await requireSession()
  return (
    <>
      <PageHeader title="One device" proves={proves('one-device')} />
      <PageBody>
        <OneDevicePanel role={user.role} oneDevice={await readSetting('oneDevice')} change={changeOneDevice} />
      </PageBody>
    </>
  )
}
