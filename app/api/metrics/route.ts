import { answerError } from '#server/auth/api-guard'
import { mayReadMetrics } from '#server/auth/metrics-guard'
import { container } from '#server/container'

export const dynamic = 'force-dynamic'

/** The figures of this node in the text format of Prometheus. */
export async function GET(request: Request): Promise<Response> {
  try {
    mayReadMetrics(request.headers)
    const { register } = container().metrics
    const headers = { 'content-type': register.contentType, 'cache-control': 'no-store' }
    return new Response(await register.metrics(), { headers })
  } catch (error) {
    const answer = answerError(error)
    // Which kind of credentials would do (RFC 6750, section 3).
    if (answer.status === 401) answer.headers.set('www-authenticate', 'Bearer')
    return answer
  }
}
