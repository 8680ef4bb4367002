import type { Metadata } from 'next'
import { proves } from '#components/catalog'
import { JobsPanel } from '#components/jobs/jobs-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { openJobs } from '#server/models/job-list'

export const metadata: Metadata = { title: 'Jobs' }

export default async function JobsPage() {
  const { user } = await requireSession()
  return (
    <>
      <PageHeader title="Jobs" proves={proves('jobs')} />
      <PageBody>
        <JobsPanel me={user} {...(await openJobs(user))} />
      </PageBody>
    </>
  )
}
