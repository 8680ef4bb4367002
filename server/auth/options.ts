import { parse } from 'cookie'
import { cookies } from 'next/headers'
import type { AuthOptions, LoggerInstance, Session } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { container } from '#server/container'
import { endSession, findLiveSession, type LiveSession, renewSession } from '#server/models/session'
import { addressHeader } from './address'
import { authSecret } from './cookies'
import { deviceCookieName, deviceDays } from './known-device'
import { readSessionId } from './session-cookie'
import { SignInFailure, signIn } from './sign-in'

declare module 'next-auth' {
  interface User {
    sid: string
  }
  interface Session {
    user: { name: string; role: 'admin' | 'member' }
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sid: string
  }
}

/** A function, because the settings are there only once the server has booted, not during `next build`. */
export function authOptions(): AuthOptions {
  const maxAge = container().env.sessionDays * 86_400
  return {
    secret: authSecret(),
    session: { strategy: 'jwt', maxAge },
    jwt: { maxAge },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { username: {}, password: {} },
        authorize: (input, { headers }) => authorize(input, headers),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sid } : token),
      session: async ({ token }) => {
        // Here and nowhere else, because the cookie is made anew by the same answer: neither outlives the other.
        await renewSession(token.sid)
        const live = await findLiveSession(token.sid)
        if (!live) throw new Error('The session has ended.')
        return publicSession(live)
      },
      redirect: ({ url, baseUrl }) => {
        const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : undefined
        return target?.origin === baseUrl ? target.href : baseUrl
      },
    },
    events: { signOut: ({ token }) => endSession(token.sid, 'signed_out') },
    logger,
  }
}

/** All that next-auth and its address `/api/auth/session` give away of a session. */
function publicSession({ user, expiresAt }: LiveSession): Session {
  return { user: { name: user.name, role: user.role }, expires: new Date(expiresAt).toISOString() }
}

const requestHeaders = z.object({
  [addressHeader]: z.string().default(''),
  'user-agent': z.string().optional(),
  'x-forwarded-proto': z.string().optional(),
  cookie: z.string().default(''),
})

async function authorize(input: unknown, sent: unknown): Promise<{ id: string; sid: string }> {
  const headers = requestHeaders.parse(sent)
  const held = parse(headers.cookie)
  try {
    const { session, deviceCookie } = await signIn(input, {
      address: headers[addressHeader],
      userAgent: headers['user-agent'],
      deviceCookie: held[deviceCookieName],
      sessionId: await readSessionId(held),
    })
    container().log.info({ user: session.user.id, session: session.id, address: headers[addressHeader] }, 'signed in')
    const secure = (process.env.NEXTAUTH_URL ?? headers['x-forwarded-proto'])?.startsWith('https') ?? false
    const cookie = { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: deviceDays * 86_400 } as const
    ;(await cookies()).set(deviceCookieName, deviceCookie, cookie)
    return { id: session.user.id, sid: session.id }
  } catch (error) {
    if (error instanceof SignInFailure) {
      container().log.info({ code: error.message, address: headers[addressHeader] }, 'sign-in refused')
      throw error
    }
    // next-auth puts the message into an address, so nothing else may get there.
    container().log.error({ err: error }, 'sign-in failed')
    throw new SignInFailure('unavailable')
  }
}

/** Codes and errors alone: what else next-auth hands over may hold tokens and cookies. */
const logger: LoggerInstance = {
  error: (code, detail) => {
    container().log.error({ err: detail instanceof Error ? detail : detail.error, code }, 'next-auth')
  },
  warn: (code) => container().log.warn({ code }, 'next-auth'),
  debug: (code) => container().log.debug({ code }, 'next-auth'),
}
