import { container } from '#server/container'

export const dynamic = 'force-dynamic'

/** The process can do its work: its database answers. */
export async function GET(): Promise<Response> {
  const { database, log } = container()
  try {
    await database.check()
    return Response.json({ status: 'ready' })
  } catch (error) {
    log.error({ err: error }, 'not ready')
    return Response.json({ status: 'unavailable' }, { status: 503 })
  }
}
