import { forSession } from '#server/auth/api-guard'
import { downloadOf } from '#server/jobs/import/download'
import { openJobFile } from '#server/models/job-file-download'

export const dynamic = 'force-dynamic'

interface Context {
  params: Promise<{ id: string; file: string }>
}

export const GET = forSession<Context>(async (_, { user }, { params }) => {
  const { id, file } = await params
  const { name, type, bytes, content } = await openJobFile(user, id, file)
  return downloadOf(name, type, content, bytes)
})
