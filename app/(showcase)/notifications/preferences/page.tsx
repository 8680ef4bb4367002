import type { Metadata } from 'next'
import { PreferencePanel } from '#components/notification/preference-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { buttonClass } from '#components/ui/button'
import { Link } from '#components/ui/link'
import { requireSession } from '#server/auth/guard'

export const metadata: Metadata = { title: 'Notification preferences' }

export default async function PreferencesPage() {
  await requireSession()
  const back = (
    <Link href="/notifications" className={`${buttonClass({ variant: 'ghost' })} max-wide:hidden`}>
      To the inbox
    </Link>
  )
  return (
    <>
      <PageHeader title="Preferences" proves="Where you hear of what, on every screen at once." actions={back} />
      <PageBody>
        <PreferencePanel />
      </PageBody>
    </>
  )
}
