import { forSession } from '#server/auth/api-guard'
import { downloadOf, problemsAsCsv } from '#server/jobs/import/download'
import { openProblems } from '#server/models/job-problem'

export const dynamic = 'force-dynamic'

interface Context {
  params: Promise<{ id: string }>
}

export const GET = forSession<Context>(async (_, { user }, { params }) => {
  const { id } = await params
  return downloadOf('problems.csv', 'text/csv', problemsAsCsv(await openProblems(user, id)))
})
