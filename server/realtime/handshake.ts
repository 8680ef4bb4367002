import type { IncomingMessage } from 'node:http'
import { parse } from 'cookie'
import type { ExtendedError } from 'socket.io'
import type { HandshakeRefused } from '#channels/wire'
import { csrfTokenMatches } from '#server/auth/csrf'
import { readSessionId } from '#server/auth/session-cookie'
import { container } from '#server/container'
import { describeEnd, findLiveSession, type LiveSession } from '#server/models/session'
import type { Entrance } from './entrance'
import { originAllowed } from './origin'
import type { Socket } from './socket-server'

/**
 * Admits a socket that comes from our own page, holds a live session and knows its CSRF token; sets
 * `socket.data.session`. Refused ones get `connect_error` with the code as its message and a
 * `HandshakeRefused` as its data. A WebSocket is not bound by the same-origin policy: the browser sends
 * the cookies whichever page opens it, hence the Origin and the token (OWASP, Cross-Site WebSocket Hijacking).
 */
export function handshake(entrance: Entrance, socket: Socket, next: (error?: ExtendedError) => void): void {
  admit(entrance, socket).then(
    (refused) => {
      container().metrics.handshakes.inc({ outcome: refused?.code ?? 'accepted' })
      if (refused) entrance.refusals.note({ code: refused.code, reason: refused.ended?.reason }, 'handshake refused')
      next(refused && refusal(refused))
    },
    (error: unknown) => {
      const { log, metrics } = container()
      metrics.handshakes.inc({ outcome: 'unavailable' })
      log.error({ err: error }, 'handshake failed')
      next(refusal({ code: 'unavailable', message: 'The server could not check the sign-in. It will be tried again.' }))
    },
  )
}

async function admit(entrance: Entrance, socket: Socket): Promise<HandshakeRefused | undefined> {
  const { conn, request, handshake } = socket
  const line: Line = {
    isOpen: () => conn.readyState === 'open',
    onceClosed: (listener) => void conn.once('close', listener),
  }
  const { session, refused } = await admitSession(entrance, request, handshake.auth.csrfToken, line)
  if (session) socket.data.session = session
  return refused
}

/** What a request to open a socket came on. */
export interface Line {
  isOpen(): boolean
  onceClosed(listener: () => void): void
}

type Admitted = { session: LiveSession; refused?: undefined } | { session?: undefined; refused: HandshakeRefused }

/**
 * The same for a socket of any nature: the session it may be opened for, or why it may not.
 * What costs least is asked first: whoever has no cookie of ours never reaches the database.
 */
export async function admitSession(
  entrance: Entrance,
  request: IncomingMessage,
  csrfToken: unknown,
  line: Line,
): Promise<Admitted> {
  const { headers } = request
  const refused = refuseCrowd(entrance, request)
  if (refused) return { refused }
  // Before the cookie, so that another site learns nothing about who is or was signed in here.
  if (!originAllowed(headers.origin, headers.host)) {
    return { refused: { code: 'forbidden', message: 'This page may not open a socket here.' } }
  }
  const cookies = parse(headers.cookie ?? '')
  const sessionId = await readSessionId(cookies)
  if (!sessionId) return { refused: unauthenticated }
  // Counted until the line closes; one that has closed meanwhile would be counted for ever.
  if (!line.isOpen()) return { refused: { code: 'unavailable', message: 'The line was cut.' } }
  const giveBack = entrance.sessionSockets.take(sessionId)
  if (!giveBack)
    return { refused: { code: 'rate-limited', message: 'Too many tabs are open here. Close some of them.' } }
  line.onceClosed(giveBack)
  const session = await findLiveSession(sessionId)
  if (!session) return { refused: { ...unauthenticated, ended: (await describeEnd(sessionId)) ?? undefined } }
  if (!csrfTokenMatches(cookies, csrfToken)) {
    return { refused: { code: 'forbidden', message: 'The CSRF token is missing or does not match.' } }
  }
  return { session }
}

/** What holds whoever comes: while this node is closing, and when there are too many from one network. */
export function refuseCrowd(entrance: Entrance, request: IncomingMessage): HandshakeRefused | undefined {
  const { drain } = container()
  if (drain.begun) return drain.refusal()
  const retryAfter = entrance.handshakes.handshake(request)
  if (retryAfter > 0) return { code: 'rate-limited', message: 'Too many connections from your network.', retryAfter }
}

const unauthenticated: HandshakeRefused = { code: 'unauthenticated', message: 'Sign in first.' }

function refusal(data: HandshakeRefused): ExtendedError {
  return Object.assign(new Error(data.code), { data })
}
