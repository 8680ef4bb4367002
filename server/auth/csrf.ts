import { createHash } from 'node:crypto'
import { sameSecret } from './constant-time'
import { authSecret, type Cookies, readCookie } from './cookies'

/**
 * Whether `token` is the one in next-auth's CSRF cookie, `<token>|<hash>`, and the cookie is ours: the hash is
 * SHA-256 of the token followed by the secret (next-auth 4, core/lib/csrf-token).
 */
export function csrfTokenMatches(cookies: Cookies, token: unknown): boolean {
  const [cookieToken, cookieHash] = readCookie(cookies, '__Host-', 'next-auth.csrf-token')?.split('|') ?? []
  if (typeof token !== 'string' || !cookieToken || !cookieHash) return false
  return sameSecret(token, cookieToken) && sameSecret(cookieHash, csrfHash(cookieToken))
}

export function csrfHash(token: string): string {
  return createHash('sha256').update(`${token}${authSecret()}`).digest('hex')
}
