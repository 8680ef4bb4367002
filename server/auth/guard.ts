import { cookies, headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import type { Ended } from '#channels/wire'
import { describeEnd, findLiveSession, type LiveSession, touchSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { pathHeader } from './address'
import { safeReturnTo } from './return-to'
import { readSessionId } from './session-cookie'

/** The session of the request being answered; asked once per request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const id = await sessionIdInCookie()
  const session = id ? await findLiveSession(id) : null
  if (session) await touchSession(session.id)
  return session
})

/** For pages: without a session the answer is the sign-in page, which leads back here. */
export async function requireSession(): Promise<LiveSession> {
  const session = await currentSession()
  if (session) return session
  const path = safeReturnTo((await headers()).get(pathHeader))
  redirect(path === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(path)}`)
}

/** For pages: 403 for a member. */
export async function requireAdmin(): Promise<LiveSession> {
  const session = await requireSession()
  if (session.user.role !== 'admin') forbidden()
  return session
}

/** For server actions and route handlers: refuses with `unauthenticated`. */
export async function sessionOrRefuse(): Promise<LiveSession> {
  return (await currentSession()) ?? refuse('unauthenticated', 'Sign in first.')
}

/** For server actions and route handlers: refuses with `unauthenticated` or `forbidden`. */
export async function adminOrRefuse(): Promise<LiveSession> {
  const session = await sessionOrRefuse()
  if (session.user.role !== 'admin') refuse('forbidden', 'Only an admin may do this.')
  return session
}

/** For the sign-in page: why the session this browser still names has ended, if it has. */
export async function endedSession(): Promise<Ended | null> {
  const id = await sessionIdInCookie()
  return id ? describeEnd(id) : null
}

async function sessionIdInCookie(): Promise<string | null> {
  const held = (await cookies()).getAll()
  return readSessionId(Object.fromEntries(held.map(({ name, value }) => [name, value])))
}
