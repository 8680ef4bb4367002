import { z } from 'zod'
import type { SessionPolicy } from './session'

export const role = z.enum(['admin', 'member'])
export type Role = z.infer<typeof role>

/** A person as others see them. */
export const userRef = z.object({ id: z.uuid(), name: z.string() })
export type UserRef = z.infer<typeof userRef>

/** A person as an admin sees them. Times are milliseconds since 1970, server time. */
export interface ListedUser extends UserRef {
  role: Role
  disabledAt: number | null
  /** Null is the policy of the installation. */
  policy: SessionPolicy | null
  /** How many of their sessions are alive. */
  sessions: number
}
