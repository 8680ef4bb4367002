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
import { continueSignIn, SignInFailure, signIn } from './sign-in'
import { makeWaitingCookie, readWaitingCookie, type Waiting, waitingCookieName, waitingSeconds } from './waiting-cookie'

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
        // `waiting` in the place of the others: the password was right before, and the old session was asked.
        credentials: { username: {}, password: {}, waiting: {} },
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
  const secure = (process.env.NEXTAUTH_URL ?? headers['x-forwarded-proto'])?.startsWith('https') ?? false
  const visitor = {
    address: headers[addressHeader],
    userAgent: headers['user-agent'],
    deviceCookie: held[deviceCookieName],
    sessionId: await readSessionId(held),
  }
  try {
    const { session, deviceCookie } = waits.safeParse(input).success
      ? await continueSignIn(await readWaitingCookie(held[waitingCookieName]), visitor)
      : await signIn(input, visitor)
    container().log.info({ user: session.user.id, session: session.id, address: visitor.address }, 'signed in')
    await setCookie(deviceCookieName, deviceCookie, { secure, maxAge: deviceDays * 86_400 })
    if (held[waitingCookieName]) await setCookie(waitingCookieName, '', { secure, maxAge: 0 })
    return { id: session.user.id, sid: session.id }
  } catch (error) {
    if (error instanceof SignInFailure) {
      container().log.info({ code: error.message, address: visitor.address }, 'sign-in refused')
      await keepWaiting(error.waiting, secure)
      throw error
    }
    // next-auth puts the message into an address, so nothing else may get there.
    container().log.error({ err: error }, 'sign-in failed')
    throw new SignInFailure('unavailable')
  }
}

const waits = z.object({ waiting: z.literal('yes') })

async function keepWaiting(waiting: Waiting | undefined, secure: boolean): Promise<void> {
  if (!waiting) return
  await setCookie(waitingCookieName, await makeWaitingCookie(waiting), { secure, maxAge: waitingSeconds })
}

async function setCookie(name: string, value: string, life: { secure: boolean; maxAge: number }): Promise<void> {
  ;(await cookies()).set(name, value, { httpOnly: true, sameSite: 'lax', path: '/', ...life })
}

/** Codes and errors alone: what else next-auth hands over may hold tokens and cookies. */
const logger: LoggerInstance = {
  error: (code, detail) => {
    container().log.error({ err: detail instanceof Error ? detail : detail.error, code }, 'next-auth')
  },
  warn: (code) => container().log.warn({ code }, 'next-auth'),
  debug: (code) => container().log.debug({ code }, 'next-auth'),
}
