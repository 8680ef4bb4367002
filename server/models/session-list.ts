import { type SessionPaint, type SessionPlace, type SessionState, sessions } from '#channels/session'
import { container } from '#server/container'
import type { Session } from '#server/db/generated/client'
import { transaction } from '#server/db/transaction'
import { alive, endSessions, type LiveSession } from '#server/models/session'
import { toAsk } from '#server/models/sign-in-request'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

/** Refuses with `forbidden` whoever may not see the sessions of this person, and with `not-found` an admin where there is none. */
export async function requireSight(actor: LiveSession['user'], userId: string): Promise<void> {
  if (actor.id === userId) return
  if (actor.role !== 'admin') refuse('forbidden', 'These are somebody else’s sessions.')
  const found = await container().database.prisma.user.count({ where: { id: userId } })
  if (found === 0) refuse('not-found', 'There is no such person.')
}

/** The person's sessions that are alive, the newest first, and the sign-ins that wait for one of them. */
export async function readSessions(userId: string): Promise<SessionState> {
  const { session, signInRequest } = container().database.prisma
  const [alike, requests] = await Promise.all([
    session.findMany({ where: { userId, ...alive(), user: { disabledAt: null } }, orderBy: { id: 'desc' } }),
    signInRequest.findMany({ where: { userId, answer: null, until: { gt: new Date() } }, orderBy: { id: 'asc' } }),
  ])
  const shown = alike.map(({ id, createdAt, ...row }) => ({ id, signedInAt: createdAt.getTime(), ...toPlace(row) }))
  return { sessions: shown, asks: requests.map(toAsk) }
}

/** For the first paint. */
export async function openSessions(actor: LiveSession['user'], userId: string): Promise<SessionPaint> {
  await requireSight(actor, userId)
  return firstPaint(sessions, userId, () => readSessions(userId))
}

/** Ends one session of this person. Refuses with `not-found` when it is none of theirs, or has ended. */
export async function endOneSession(actor: LiveSession, userId: string, id: string): Promise<void> {
  await requireSight(actor.user, userId)
  await transaction(async (tx) => {
    const count = await endSessions(tx, { id, userId }, id === actor.id ? 'signed_out' : 'revoked')
    if (count === 0) refuse('not-found', 'This session has ended already.')
  })
}

/** Ends every session of this person but the one that asks. */
export async function endOtherSessions(actor: LiveSession, userId: string): Promise<void> {
  await requireSight(actor.user, userId)
  await transaction(async (tx) => {
    await endSessions(tx, { userId, id: { not: actor.id } }, 'revoked')
  })
}

/** The one that asks included, where it is the person's own. */
export async function endAllSessions(actor: LiveSession, userId: string): Promise<void> {
  await requireSight(actor.user, userId)
  await transaction(async (tx) => {
    await endSessions(tx, { userId, id: { not: actor.id } }, 'revoked')
    await endSessions(tx, { userId, id: actor.id }, 'signed_out')
  })
}

export function toPlace({ device, address, lastSeenAt }: Pick<Session, keyof SessionPlace>): SessionPlace {
  return { device, address, lastSeenAt: lastSeenAt.getTime() }
}
