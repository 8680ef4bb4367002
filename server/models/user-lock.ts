import type { SessionPolicy } from '#channels/session'
import type { Role } from '#server/db/generated/client'
import type { Transaction } from '#server/db/transaction'
import { readSetting } from '#server/models/setting'
import { refuse } from '#server/refusal'

/** A person as they are until the commit. */
export interface LockedUser {
  id: string
  name: string
  role: Role
  /** Their own, or that of the installation. */
  policy: SessionPolicy
}

/**
 * Sign-ins of one person, answers to them, and whatever ends all of their sessions, go one after the other: two at
 * the same instant would not see each other's row, and both would stay alive. Refuses with `forbidden` when the
 * person is disabled, and with `unauthenticated` when `passwordHash` is given and is not theirs any more.
 */
export async function lockUser(
  tx: Transaction,
  { id, passwordHash }: { id: string; passwordHash?: string },
): Promise<LockedUser> {
  const [user] = await tx.$queryRaw<
    { name: string; role: Role; policy: SessionPolicy | null; passwordHash: string; disabled: boolean }[]
  >`
    SELECT name, role::text, session_policy::text AS policy, password_hash AS "passwordHash",
      disabled_at IS NOT NULL AS disabled
    FROM app_user WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  if (!user || user.disabled) refuse('forbidden', 'This account is disabled.')
  if (passwordHash !== undefined && passwordHash !== user.passwordHash) {
    refuse('unauthenticated', 'The password has been changed. Sign in with the new one.')
  }
  const { name, role, policy } = user
  return { id, name, role, policy: policy ?? (await readSetting('sessionPolicy', tx)) }
}
