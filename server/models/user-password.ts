import { z } from 'zod'
import { hashPassword, verifyPassword } from '#server/auth/password'
import { countAttempt } from '#server/auth/sign-in-limit'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { endSessions, type LiveSession } from '#server/models/session'
import { dropRequests } from '#server/models/sign-in-request'
import { newPassword, requireAdmin } from '#server/models/user'
import { lockUser } from '#server/models/user-lock'
import { refuse } from '#server/refusal'

const change = z.object({ current: z.string().max(256), next: newPassword })
export type PasswordChange = z.input<typeof change>

/**
 * Changes one's own password, and ends one's other sessions: whoever knew the old one is out. Refuses with `invalid`
 * when `current` is not the password, or `next` cannot be one, and with `rate-limited` after ten wrong ones.
 */
export async function changePassword({ id, user }: LiveSession, input: PasswordChange): Promise<void> {
  const { current, next } = parseInput(change, input)
  // By session: whoever guesses at an unlocked screen does not lock the person out of the sign-in page.
  const verdict = await countAttempt({ name: user.name, address: '', knownDevice: `session:${id}` })
  if (!verdict.allowed) refuse('rate-limited', 'Too many tries.', { retryAfter: verdict.seconds * 1_000 })
  const { passwordHash } = await container().database.prisma.user.findUniqueOrThrow({ where: { id: user.id } })
  if (!(await verifyPassword(passwordHash, current))) {
    const message = 'This is not your password.'
    refuse('invalid', message, { issues: [{ path: 'current', message }] })
  }
  await verdict.giveBack()
  const nextHash = await hashPassword(next)
  await transaction(async (tx) => {
    await lockUser(tx, { id: user.id, passwordHash })
    await tx.user.update({ where: { id: user.id }, data: { passwordHash: nextHash } })
    await dropRequests(tx, user.id)
    await endSessions(tx, { userId: user.id, id: { not: id } }, 'revoked')
  })
}

/** Gives somebody else another password, and ends all of their sessions. Admins only; refuses as its cousins in user.ts do. */
export async function resetPassword(actor: LiveSession['user'], id: string, password: string): Promise<void> {
  if (actor.id === id) refuse('conflict', 'Change your own password on the page of your sessions.')
  const parsed = parseInput(newPassword, password)
  if (actor.role !== 'admin') refuse('forbidden', 'Only an admin may do this.')
  const passwordHash = await hashPassword(parsed)
  await transaction(async (tx) => {
    await requireAdmin(tx, actor)
    const { count } = await tx.user.updateMany({ where: { id }, data: { passwordHash } })
    if (count === 0) refuse('not-found', 'There is no such person.')
    await dropRequests(tx, id)
    await endSessions(tx, { userId: id }, 'revoked')
  })
}
