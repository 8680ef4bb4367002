import { forSession } from '#server/auth/api-guard'
import { receiveImport } from '#server/jobs/import/upload'

export const dynamic = 'force-dynamic'

/** A file of orders, to be imported; answers with the id of the job. */
export const POST = forSession(async (request, { user }) =>
  Response.json(await receiveImport(user, request), { status: 201, headers: { 'cache-control': 'no-store' } }),
)
