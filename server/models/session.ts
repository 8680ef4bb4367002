import { sessions } from '#channels/session'
import type { Ended, EndReason } from '#channels/wire'
import { container } from '#server/container'
import type { Prisma, Role, SessionEnd } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { Gather } from '#server/gather'
import { type LockedUser, lockUser } from '#server/models/user-lock'
import { closeSessionSockets } from '#server/realtime/session-end'
import { extendSessionSockets } from '#server/realtime/session-expiry'
import { refuse } from '#server/refusal'

/** A session that counts right now: not ended, not expired, of a person who is not disabled. */
export interface LiveSession {
  id: string
  user: { id: string; name: string; role: Role }
  /** Milliseconds since 1970. */
  expiresAt: number
}

export interface SignIn {
  user: { id: string; passwordHash?: string }
  device: string
  address: string
  /** The session this browser holds, which the new one takes the place of. */
  replaces?: string | null
}

const reasons = {
  signed_out: 'signed-out',
  signed_in_elsewhere: 'signed-in-elsewhere',
  revoked: 'revoked',
  expired: 'expired',
} satisfies Record<SessionEnd, EndReason>

/**
 * Starts a session and, but for the policy `many`, ends the person's others. Refuses with `conflict` while another
 * one stands in the way under `oldest` and `ask`, and as `lockUser` does.
 */
export async function startSession(signIn: SignIn): Promise<LiveSession> {
  return transaction(async (tx) => {
    const person = await lockUser(tx, signIn.user)
    if (await findHolder(tx, person, signIn.replaces)) refuse('conflict', 'Another session holds this place.')
    return beginSession(tx, person, signIn)
  })
}

/** The session that a new one does not simply end, under the policies `oldest` and `ask`: of several the last in use. */
export async function findHolder(
  tx: Transaction,
  { id: userId, policy }: LockedUser,
  replaces?: string | null,
): Promise<{ id: string } | null> {
  if (policy === 'many' || policy === 'newest') return null
  const others = replaces ? { id: { not: replaces } } : {}
  return tx.session.findFirst({
    where: { userId, ...alive(), ...others },
    orderBy: { lastSeenAt: 'desc' },
    select: { id: true },
  })
}

/** For whoever holds the person's lock and has found nothing in the way. */
export async function beginSession(
  tx: Transaction,
  { id: userId, name, role, policy }: LockedUser,
  { device, address, replaces }: Omit<SignIn, 'user'>,
): Promise<LiveSession> {
  if (replaces) await endSessions(tx, { id: replaces }, 'signed_out')
  const at = new Date()
  const expiresAt = new Date(at.getTime() + lifetime())
  const { id } = await tx.session.create({
    data: { userId, device, address, createdAt: at, lastSeenAt: at, expiresAt },
    select: { id: true },
  })
  if (policy !== 'many') {
    await endSessions(tx, { userId, id: { not: id } }, 'signed_in_elsewhere', { id, device, address })
  }
  const signedInAt = at.getTime()
  tx.publish(sessions, userId, 'started', { id, device, address, signedInAt, lastSeenAt: signedInAt })
  return { id, user: { id: userId, name, role }, expiresAt: expiresAt.getTime() }
}

/** What a session must be for the time being, beside that its person is not disabled. */
export function alive(): Prisma.SessionWhereInput {
  return { endedAt: null, expiresAt: { gt: new Date() } }
}

/** Every page, action and handshake asks; after a restart thousands do at once, and share a query. */
export function findLiveSession(id: string): Promise<LiveSession | null> {
  return liveSessions.ask(id)
}

const liveSessions = new Gather<string, LiveSession | null>(async (ids) => {
  const rows = await container().database.prisma.$queryRaw<
    { id: string; expiresAt: Date; userId: string; name: string; role: Role }[]
  >`
    SELECT session.id::text, session.expires_at AS "expiresAt", app_user.id::text AS "userId", name, role::text
    FROM session JOIN app_user ON app_user.id = session.user_id
    WHERE session.id = ANY(${ids}::uuid[]) AND ended_at IS NULL AND expires_at > ${new Date()} AND disabled_at IS NULL`
  const found = new Map(
    rows.map(({ id, userId, name, role, expiresAt }) => [
      id,
      { id, user: { id: userId, name, role }, expiresAt: expiresAt.getTime() },
    ]),
  )
  return (id) => found.get(id) ?? null
})

/** Why, when and from where a session ended; null while it has not, or when there never was one. */
export async function describeEnd(id: string): Promise<Ended | null> {
  const session = await container().database.prisma.session.findUnique({
    where: { id },
    select: {
      endedAt: true,
      endReason: true,
      expiresAt: true,
      endedBy: { select: { device: true, address: true } },
      user: { select: { disabledAt: true } },
    },
  })
  if (!session) return null
  const { endedAt, endReason, endedBy, expiresAt, user } = session
  if (endedAt) return toEnded(endReason ?? 'revoked', endedAt, endedBy)
  if (user.disabledAt) return toEnded('revoked', user.disabledAt)
  return expiresAt <= new Date() ? toEnded('expired', expiresAt) : null
}

/** How long a session lasts after it was last renewed, in milliseconds. */
function lifetime(): number {
  return container().env.sessionDays * 86_400_000
}

/** Whether half of the life is over of a session that expires then (milliseconds since 1970). */
export function isRenewable(expiresAt: number): boolean {
  return expiresAt < Date.now() + lifetime() / 2
}

/**
 * Has a session last its whole life again, with its open sockets, once half of it is over: so a session in use
 * is written to a few times in its life, however many tabs ask. One that has ended or expired stays so.
 */
export async function renewSession(id: string): Promise<void> {
  const now = Date.now()
  const expiresAt = new Date(now + lifetime())
  const { count } = await container().database.prisma.session.updateMany({
    where: { id, endedAt: null, expiresAt: { gt: new Date(now), lt: new Date(now + lifetime() / 2) } },
    data: { expiresAt },
  })
  if (count > 0) extendSessionSockets(id, expiresAt.getTime())
}

/** Ending one that has ended changes nothing. */
export async function endSession(id: string, reason: SessionEnd): Promise<void> {
  await transaction((tx) => endSessions(tx, { id }, reason))
}

/** Ends those of the given sessions that are alive, and closes their sockets once that is committed. Answers how many. */
export async function endSessions(
  tx: Transaction,
  which: Prisma.SessionWhereInput,
  reason: SessionEnd,
  by?: { id: string; device: string; address: string },
): Promise<number> {
  const at = new Date()
  const ended = await tx.session.updateManyAndReturn({
    where: { ...which, ...alive() },
    data: { endedAt: at, endReason: reason, endedById: by?.id },
    select: { id: true, userId: true },
  })
  for (const { id, userId } of ended) tx.publish(sessions, userId, 'ended', { id })
  tx.afterCommit(() => {
    for (const { id } of ended) closeSessionSockets(id, toEnded(reason, at, by))
  })
  return ended.length
}

function toEnded(reason: SessionEnd, at: Date, by?: { device: string; address: string } | null): Ended {
  const from = by ? { by: { device: by.device, address: by.address } } : {}
  return { reason: reasons[reason], retry: false, at: at.getTime(), ...from }
}

/** Notes that the session is in use, at most once a minute. */
export async function touchSession(id: string): Promise<void> {
  const now = Date.now()
  await container().database.prisma.session.updateMany({
    where: { id, lastSeenAt: { lt: new Date(now - 60_000) } },
    data: { lastSeenAt: new Date(now) },
  })
}

/** Notes that the sockets of these sessions have closed just now. */
export async function touchSessions(ids: string[]): Promise<void> {
  const where = { id: { in: ids }, ...alive() }
  await container().database.prisma.session.updateMany({ where, data: { lastSeenAt: new Date() } })
}
