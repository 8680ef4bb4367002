import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PrintSheet } from '#components/job/print-sheet'
import { requireSession } from '#server/auth/guard'
import { openReport } from '#server/models/job-list'

export const metadata: Metadata = { title: 'Report' }

/** Outside the shell, whose frame would be printed with it. */
export default async function PrintPage({ params }: PageProps<'/jobs/[id]/print'>) {
  const { user } = await requireSession()
  const { id } = await params
  const { job, report } = (await openReport(user, id)) ?? notFound()
  return <PrintSheet job={job} report={report} />
}
