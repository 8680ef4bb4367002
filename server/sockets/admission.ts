import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Ended } from '#channels/wire'
import { container } from '#server/container'
import { findLiveApiKey, findLiveApiKeyById, type LiveApiKey, touchApiKey } from '#server/models/api-key'
import { describeEnd, findLiveSession, type LiveSession } from '#server/models/session'
import { admitSession, type Line, refuseCrowd } from '#server/realtime/handshake'
import { refuse } from '#server/refusal'
import type { Endpoint } from './endpoint'
import { offeredToken } from './subprotocol'

/** For whom a socket was opened: a session, an API key, or neither at a public endpoint. */
export interface Admission {
  session: LiveSession | null
  apiKey: LiveApiKey | null
}

interface Opening {
  request: IncomingMessage
  socket: Duplex
  query: URLSearchParams
}

/**
 * Whether this request, on this connection, may open a socket of the endpoint. Refuses with `unauthenticated`,
 * `forbidden`, `rate-limited` or `unavailable`. The CSRF token of a session is the query parameter `session`, as
 * in Open-Xchange, or the subprotocol `csrf.<token>`: a browser can set no header of its own on a WebSocket.
 */
export async function admit(endpoint: Endpoint, opening: Opening): Promise<Admission> {
  const { request } = opening
  if ((endpoint.authenticate ?? 'session') === 'session') return { session: await sessionOf(opening), apiKey: null }
  const crowd = refuseCrowd(container().entrance, request)
  if (crowd) refuse(crowd.code, crowd.message, { retryAfter: crowd.retryAfter })
  if (endpoint.authenticate === 'public') return { session: null, apiKey: null }
  return { session: null, apiKey: await apiKeyOf(request, endpoint.scope ?? endpoint.endpoint) }
}

async function sessionOf({ request, socket, query }: Opening): Promise<LiveSession> {
  const line: Line = {
    isOpen: () => !socket.destroyed,
    onceClosed: (listener) => void socket.once('close', listener),
  }
  const csrfToken = query.get('session') ?? offeredToken(request)
  const { session, refused } = await admitSession(container().entrance, request, csrfToken, line)
  return session ?? refuse(refused.code, refused.message, { retryAfter: refused.retryAfter })
}

async function apiKeyOf({ headers }: IncomingMessage, scope: string): Promise<LiveApiKey> {
  const [, key] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
  if (!key) refuse('unauthenticated', 'Send an API key: Authorization: Bearer <key>.')
  const apiKey = await findLiveApiKey(key)
  if (!apiKey) refuse('unauthenticated', 'This API key does not exist, has expired or was revoked.')
  if (!apiKey.scopes.includes(scope)) refuse('forbidden', `This API key lacks the scope "${scope}".`)
  await touchApiKey(apiKey.id)
  return apiKey
}

/** The same as it is now, or why it does not hold any more. */
export async function readmit({ session, apiKey }: Admission): Promise<Admission | Ended> {
  if (session) {
    const now = await findLiveSession(session.id)
    return now ? { session: now, apiKey } : ((await describeEnd(session.id)) ?? gone('signed-out'))
  }
  if (!apiKey) return { session, apiKey }
  const now = await findLiveApiKeyById(apiKey.id)
  return now ? { session, apiKey: now } : gone(hasExpired(apiKey) ? 'expired' : 'revoked')
}

function hasExpired({ expiresAt }: LiveApiKey): boolean {
  return expiresAt !== null && expiresAt <= Date.now()
}

function gone(reason: Ended['reason']): Ended {
  return { reason, retry: false }
}
