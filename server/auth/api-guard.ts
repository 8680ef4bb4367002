import { answerFor } from '#server/answer'
import type { LiveSession } from '#server/models/session'
import { originAllowed } from '#server/realtime/origin'
import { refuse } from '#server/refusal'
import { statusOf } from '#server/refusal-status'
import { sessionOrRefuse } from './guard'

type Handler<Context> = (request: Request, session: LiveSession, context: Context) => Promise<Response>

/** A route handler for people who are signed in; anyone else gets 401 as JSON. */
export function forSession<Context>(handler: Handler<Context>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      const session = await sessionOrRefuse()
      refuseForeignOrigin(request)
      return await handler(request, session, context)
    } catch (error) {
      return answerError(error)
    }
  }
}

/** A cookie comes along whichever page of the same site sends the request; a browser adds the Origin to it. */
function refuseForeignOrigin({ method, headers }: Request): void {
  const origin = headers.get('origin')
  if (method === 'GET' || method === 'HEAD' || !origin) return
  if (!originAllowed(origin, headers.get('host') ?? undefined)) refuse('forbidden', 'This page may not do that here.')
}

/** `{ code, message, issues?, retryAfter? }` with the status, and the header, that say the same. */
export function answerError(error: unknown): Response {
  const { ok: _, ...answer } = answerFor(error)
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (answer.retryAfter !== undefined) headers.set('retry-after', `${Math.ceil(answer.retryAfter / 1000)}`)
  return Response.json(answer, { status: statusOf[answer.code], headers })
}
