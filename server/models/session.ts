import type { Ended, EndReason } from '#channels/wire'
import { container } from '#server/container'
import type { Prisma, Role, SessionEnd } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { Gather } from '#server/gather'
import { readSetting } from '#server/models/setting'
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

interface SignIn {
  user: { id: string; passwordHash?: string }
  device: string
  address: string
}

const reasons = {
  signed_out: 'signed-out',
  signed_in_elsewhere: 'signed-in-elsewhere',
  revoked: 'revoked',
  expired: 'expired',
} satisfies Record<SessionEnd, EndReason>

/**
 * Starts a session and, under the one-device policy, ends the person's earlier ones. Refuses with
 * `forbidden` when the person is disabled, and with `unauthenticated` when `passwordHash` is given and
 * the password has been changed since it was checked.
 */
export async function startSession({ user, device, address }: SignIn): Promise<LiveSession> {
  return transaction(async (tx) => {
    const { name, role } = await lockUser(tx, user)
    const expiresAt = new Date(Date.now() + lifetime())
    const { id } = await tx.session.create({
      data: { userId: user.id, device, address, expiresAt },
      select: { id: true },
    })
    if (await readSetting('oneDevice', tx)) {
      await endSessions(tx, { userId: user.id, id: { not: id } }, 'signed_in_elsewhere', { id, device, address })
    }
    return { id, user: { id: user.id, name, role }, expiresAt: expiresAt.getTime() }
  })
}

/**
 * Sign-ins of one person, and whatever ends all of their sessions, go one after the other: two at the
 * same instant would not see each other's row, and both would stay alive.
 */
async function lockUser(tx: Transaction, { id, passwordHash }: SignIn['user']): Promise<{ name: string; role: Role }> {
  const [user] = await tx.$queryRaw<{ name: string; role: Role; passwordHash: string; disabled: boolean }[]>`
    SELECT name, role::text, password_hash AS "passwordHash", disabled_at IS NOT NULL AS disabled
    FROM app_user WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  if (!user || user.disabled) refuse('forbidden', 'This account is disabled.')
  if (passwordHash !== undefined && passwordHash !== user.passwordHash) {
    refuse('unauthenticated', 'The password has been changed. Sign in with the new one.')
  }
  return { name: user.name, role: user.role }
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

/** Ends those of the given sessions that are alive, and closes their sockets once that is committed. */
export async function endSessions(
  tx: Transaction,
  which: Prisma.SessionWhereInput,
  reason: SessionEnd,
  by?: { id: string; device: string; address: string },
): Promise<void> {
  const at = new Date()
  const ended = await tx.session.updateManyAndReturn({
    where: { ...which, endedAt: null, expiresAt: { gt: at } },
    data: { endedAt: at, endReason: reason, endedById: by?.id },
    select: { id: true },
  })
  tx.afterCommit(() => {
    for (const { id } of ended) closeSessionSockets(id, toEnded(reason, at, by))
  })
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
