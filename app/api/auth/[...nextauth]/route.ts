import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { answerError } from '#server/auth/api-guard'
import { currentSession } from '#server/auth/guard'
import { authOptions } from '#server/auth/options'
import { refuse } from '#server/refusal'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

/** What we use of next-auth; its other pages and its open door to the log stay shut. */
const actions: Record<string, readonly (string | undefined)[]> = {
  GET: ['csrf', 'providers', 'session', 'signin', 'signout', 'error'],
  POST: ['callback', 'signin', 'signout'],
}

const maxBodyBytes = 16 * 1024

async function handle(request: NextRequest, context: Context): Promise<Response> {
  try {
    const { nextauth } = await context.params
    const [action] = nextauth
    if (!actions[request.method]?.includes(action)) refuse('not-found', 'There is nothing here.')
    // next-auth would drop the cookie of an ended session: the sign-in page reads there why it ended.
    if (action === 'session' && !(await currentSession())) return noSession()
    const length = Number(request.headers.get('content-length') ?? Number.NaN)
    if (request.method === 'POST' && !(length <= maxBodyBytes)) refuse('too-large', 'The request is too large.')
    // next-auth puts it into a Location header as it is.
    if (/[^\w:-]/.test(request.nextUrl.searchParams.get('error') ?? '')) refuse('invalid', 'There is no such error.')
    return await NextAuth(request, context, authOptions())
  } catch (error) {
    // A body that cannot be parsed: the error quotes it, so it is not logged.
    if (error instanceof SyntaxError) return Response.json({ code: 'invalid', message: 'Not JSON.' }, { status: 400 })
    return answerError(error)
  }
}

/** As next-auth says it. */
function noSession(): Response {
  return Response.json({}, { headers: { 'cache-control': 'private, no-store' } })
}

export { handle as GET, handle as POST }
