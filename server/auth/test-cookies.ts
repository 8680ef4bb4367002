import { randomBytes } from 'node:crypto'
import { serialize } from 'cookie'
import { encode } from 'next-auth/jwt'
import { authSecret } from './cookies'
import { csrfHash } from './csrf'

/** For tests: the cookies next-auth would have set, over http, for a session row. */
export async function cookiesFor(sessionId: string): Promise<{ cookie: string; csrfToken: string }> {
  const csrfToken = randomBytes(32).toString('hex')
  const sessionToken = await encode({ token: { sid: sessionId }, secret: authSecret() })
  const cookie = [
    serialize('next-auth.session-token', sessionToken),
    serialize('next-auth.csrf-token', `${csrfToken}|${csrfHash(csrfToken)}`),
  ].join('; ')
  return { cookie, csrfToken }
}
