import { z } from 'zod'
import { type SessionPolicy, sessionPolicy } from '#channels/session'
import { role } from '#channels/user'
import { demonstrationPassword } from '#server/auth/demonstration'
import { hashPassword } from '#server/auth/password'
import { container } from '#server/container'
import type { PrismaClient, Role, User } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { withdrawChallenges } from '#server/models/game-withdrawal'
import { endSessions, type LiveSession } from '#server/models/session'
import { dropRequests } from '#server/models/sign-in-request'
import { recheckPerson } from '#server/realtime/person'
import { refuse } from '#server/refusal'

export const userName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9._-]{2,32}$/, 'A name has 2 to 32 characters: a to z, 0 to 9, dot, underscore, hyphen.')

export const newPassword = z
  .string()
  .min(10, 'A password has at least 10 characters.')
  .max(256, 'A password has at most 256 characters.')
  .refine((password) => password !== demonstrationPassword, 'The password of the demonstration may not be used.')

const newUser = z.object({ name: userName, role, password: newPassword })
export type NewUser = z.input<typeof newUser>

/** By the name as typed: case and surrounding space do not matter. */
export async function findByName(name: string): Promise<User | null> {
  const parsed = userName.safeParse(name)
  return parsed.success ? container().database.prisma.user.findUnique({ where: { name: parsed.data } }) : null
}

/** For a form of an admin. Refuses with `forbidden`, and as `createUser` does. */
export async function addUser(actor: LiveSession['user'], input: NewUser): Promise<void> {
  if (actor.role !== 'admin') refuse('forbidden', 'Only an admin may do this.')
  await createUser(input)
}

/** Refuses with `invalid`, or with `conflict` when the name is taken. A script hands over its own client. */
export async function createUser(
  input: NewUser,
  client: PrismaClient = container().database.prisma,
): Promise<{ id: string; name: string; role: Role }> {
  const { name, role, password } = parseInput(newUser, input)
  const passwordHash = await hashPassword(password)
  try {
    return await client.user.create({
      data: { name, role, passwordHash },
      select: { id: true, name: true, role: true },
    })
  } catch (error) {
    if (isTaken(error)) refuse('conflict', `There is already a person named "${name}".`)
    throw error
  }
}

/** By code: Prisma's class exists once in each copy of this module. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002'
}

/** Stores the same password hashed anew, unless it has been changed meanwhile. */
export async function replaceHash(id: string, from: string, to: string): Promise<void> {
  await container().database.prisma.user.updateMany({ where: { id, passwordHash: from }, data: { passwordHash: to } })
}

/**
 * Gives the person another name, on their open screens too. Oneself, or an admin anyone; refuses with `forbidden`,
 * `not-found`, `invalid`, or `conflict` when the name is taken.
 */
export async function renameUser(actor: LiveSession['user'], id: string, name: string): Promise<void> {
  const parsed = parseInput(newUser.shape.name, name)
  try {
    await transaction(async (tx) => {
      if (actor.id !== id) await requireAdmin(tx, actor)
      const { count } = await tx.user.updateMany({ where: { id }, data: { name: parsed } })
      if (count === 0) refuse('not-found', 'There is no such person.')
      tx.afterCommit(() => recheckPerson(id))
    })
  } catch (error) {
    if (isTaken(error)) refuse('conflict', `There is already a person named "${parsed}".`)
    throw error
  }
}

/**
 * Gives the person another role; what it opens and closes does so on their open screens at once. Admins only, and
 * not themselves, so that one always remains; refuses with `forbidden`, `conflict`, `not-found` or `invalid`.
 */
export async function changeRole(actor: LiveSession['user'], id: string, to: Role): Promise<void> {
  const parsed = parseInput(newUser.shape.role, to)
  if (actor.id === id) refuse('conflict', 'You cannot change your own role.')
  await transaction(async (tx) => {
    await requireAdmin(tx, actor)
    const { count } = await tx.user.updateMany({ where: { id }, data: { role: parsed } })
    if (count === 0) refuse('not-found', 'There is no such person.')
    tx.afterCommit(() => recheckPerson(id))
  })
}

/**
 * Refuses whoever is no admin now, and keeps all who are locked until the commit: two admins who take each other's
 * rights at the same instant would otherwise both succeed, and leave nobody.
 */
export async function requireAdmin(tx: Transaction, actor: LiveSession['user']): Promise<void> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM app_user WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR NO KEY UPDATE`
  if (!admins.some(({ id }) => id === actor.id)) refuse('forbidden', 'Only an admin may do this.')
}

/**
 * Ends all of the person's sessions and open challenges, and lets nobody in under this name. Admins only, and not themselves, so that one
 * always remains; refuses with `forbidden`, `conflict` or `not-found`. Disabling twice is no error.
 */
export async function disableUser(actor: LiveSession['user'], id: string): Promise<void> {
  if (actor.id === id) refuse('conflict', 'You cannot disable your own account.')
  await transaction(async (tx) => {
    await requireAdmin(tx, actor)
    await requireUser(tx, id)
    const { count } = await tx.user.updateMany({ where: { id, disabledAt: null }, data: { disabledAt: new Date() } })
    if (count === 0) return
    await dropRequests(tx, id)
    await withdrawChallenges(tx, id)
    await endSessions(tx, { userId: id }, 'revoked')
  })
}

/** The person can sign in again; their sessions stay ended. Admins only. */
export async function enableUser(actor: LiveSession['user'], id: string): Promise<void> {
  await transaction(async (tx) => {
    await requireAdmin(tx, actor)
    await requireUser(tx, id)
    await tx.user.updateMany({ where: { id }, data: { disabledAt: null } })
  })
}

/** A policy of the person's own, or null for that of the installation; it holds from their next sign-in on. Admins only. */
export async function setPolicy(actor: LiveSession['user'], id: string, policy: SessionPolicy | null): Promise<void> {
  const parsed = parseInput(sessionPolicy.nullable(), policy)
  await transaction(async (tx) => {
    await requireAdmin(tx, actor)
    await requireUser(tx, id)
    await tx.user.updateMany({ where: { id }, data: { sessionPolicy: parsed } })
  })
}

async function requireUser(tx: Transaction, id: string): Promise<void> {
  if ((await tx.user.count({ where: { id } })) === 0) refuse('not-found', 'There is no such person.')
}

/** Whether this person has signed in from this device before. */
export async function knowsDevice(name: string, hash: string): Promise<boolean> {
  return (await container().database.prisma.knownDevice.count({ where: { hash, user: { name } } })) > 0
}

/** Forgets, on the way, what no browser can still hold. */
export async function rememberDevice(
  userId: string,
  hash: string,
  keepDays: number,
  { knownDevice }: Pick<Transaction, 'knownDevice'> = container().database.prisma,
): Promise<void> {
  const now = Date.now()
  await knownDevice.deleteMany({ where: { userId, lastSeenAt: { lt: new Date(now - keepDays * 86_400_000) } } })
  await knownDevice.upsert({
    where: { userId_hash: { userId, hash } },
    create: { userId, hash },
    update: { lastSeenAt: new Date(now) },
  })
}
