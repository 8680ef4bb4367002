import { container } from '#server/container'

export const dynamic = 'force-dynamic'

/** The process can do its work: its database answers, and it is not about to close. */
export async function GET(): Promise<Response> {
  const { database, drain, log } = container()
  if (drain.begun) return Response.json({ status: 'closing' }, { status: 503 })
  try {
    await database.check()
    return Response.json({ status: 'ready' })
  } catch (error) {
    log.error({ err: error }, 'not ready')
    return Response.json({ status: 'unavailable' }, { status: 503 })
  }
}
