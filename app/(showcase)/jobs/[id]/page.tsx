import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { proves } from '#components/catalog'
import { JobPanel } from '#components/job/job-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { openJob } from '#server/models/job-list'

export const metadata: Metadata = { title: 'Job' }

export default async function JobPage({ params }: PageProps<'/jobs/[id]'>) {
  const { user } = await requireSession()
  const { id } = await params
  const initial = (await openJob(user, id)) ?? notFound()
  return (
    <>
      <PageHeader title={initial.state.job.title} proves={proves('jobs')} />
      <PageBody>
        <JobPanel key={id} me={user} id={id} initial={initial} />
      </PageBody>
    </>
  )
}
