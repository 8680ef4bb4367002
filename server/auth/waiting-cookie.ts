import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { authSecret } from './cookies'

export const waitingCookieName = 'switchboard.waiting'
/** How long a browser may come back to its waiting, in seconds: longer than a request can be claimed. */
export const waitingSeconds = 120
/** Keys are derived from it, so that neither this token nor that of a session can stand for the other. */
const salt = 'sign-in-waiting'

/** After the right password: the id of the request that waits for an answer, or of the session that is in the way. */
export interface Waiting {
  is: 'waiting' | 'held'
  id: string
}

const token = z.object({ is: z.enum(['waiting', 'held']), sid: z.uuid() })

/** What lets this browser in, without the password once more, when the old session gives way. */
export function makeWaitingCookie({ is, id }: Waiting): Promise<string> {
  return encode({ token: { is, sid: id }, secret: authSecret(), salt, maxAge: waitingSeconds })
}

/** Null for what is not ours, or is too old. */
export async function readWaitingCookie(cookie: string | undefined): Promise<Waiting | null> {
  if (!cookie || cookie.length > 2048) return null
  try {
    const { is, sid } = token.parse(await decode({ token: cookie, secret: authSecret(), salt }))
    return { is, id: sid }
  } catch {
    return null
  }
}
