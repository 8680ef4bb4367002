import { parse } from 'cookie'
import type { ExtendedError } from 'socket.io'
import type { HandshakeRefused } from '#channels/wire'
import { csrfTokenMatches } from '#server/auth/csrf'
import { readSessionId } from '#server/auth/session-cookie'
import { container } from '#server/container'
import { describeEnd, findLiveSession } from '#server/models/session'
import { originAllowed } from './origin'
import type { Socket } from './socket-server'

/**
 * Admits a socket that comes from our own page, holds a live session and knows its CSRF token; sets
 * `socket.data.session`. Refused ones get `connect_error` with the code as its message and a
 * `HandshakeRefused` as its data. A WebSocket is not bound by the same-origin policy: the browser sends
 * the cookies whichever page opens it, hence the Origin and the token (OWASP, Cross-Site WebSocket Hijacking).
 */
export function handshake(socket: Socket, next: (error?: ExtendedError) => void): void {
  admit(socket).then(
    (refused) => {
      if (refused) container().log.info({ code: refused.code, reason: refused.ended?.reason }, 'handshake refused')
      next(refused && refusal(refused))
    },
    (error: unknown) => {
      container().log.error({ err: error }, 'handshake failed')
      next(refusal({ code: 'unavailable', message: 'The server could not check the sign-in. It will be tried again.' }))
    },
  )
}

async function admit(socket: Socket): Promise<HandshakeRefused | undefined> {
  const { headers, auth } = socket.handshake
  // First, so that another site learns nothing about who is or was signed in here.
  if (!originAllowed(headers.origin, headers.host)) {
    return { code: 'forbidden', message: 'This page may not open a socket here.' }
  }
  const cookies = parse(headers.cookie ?? '')
  const sessionId = await readSessionId(cookies)
  if (!sessionId) return unauthenticated
  const session = await findLiveSession(sessionId)
  if (!session) return { ...unauthenticated, ended: (await describeEnd(sessionId)) ?? undefined }
  if (!csrfTokenMatches(cookies, auth.csrfToken)) {
    return { code: 'forbidden', message: 'The CSRF token is missing or does not match.' }
  }
  socket.data.session = session
}

const unauthenticated: HandshakeRefused = { code: 'unauthenticated', message: 'Sign in first.' }

function refusal(data: HandshakeRefused): ExtendedError {
  return Object.assign(new Error(data.code), { data })
}
