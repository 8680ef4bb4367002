import { z } from 'zod'

export const role = z.enum(['admin', 'member'])
export type Role = z.infer<typeof role>

/** A person as others see them. */
export const userRef = z.object({ id: z.uuid(), name: z.string() })
export type UserRef = z.infer<typeof userRef>
