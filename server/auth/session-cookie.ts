import { decode } from 'next-auth/jwt'
import { z } from 'zod'
import { authSecret, type Cookies, readCookie } from './cookies'

const sessionToken = z.object({ sid: z.uuid() })

/**
 * The session the cookie names, or null when there is none, it is not ours or it is too old. Whether
 * that session still counts only its row says.
 */
export async function readSessionId(cookies: Cookies): Promise<string | null> {
  const token = readCookie(cookies, '__Secure-', 'next-auth.session-token')
  if (!token || token.length > 4096) return null
  try {
    return sessionToken.parse(await decode({ token, secret: authSecret() })).sid
  } catch {
    return null
  }
}
