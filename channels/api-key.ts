import { z } from 'zod'
import { text } from './text'

/** What a key allows: a word that an endpoint or a route asks for, such as `device` or `orders/live`. */
export const apiScope = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+([-:./][a-z0-9]+)*$/, 'A scope has a to z, 0 to 9, and single - : . / between them.')

/** Milliseconds since 1970, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

/** What an admin writes: the form and the model parse the same. Without `expiresAt` it holds until it is revoked. */
export const newApiKey = z.object({
  name: text(80),
  scopes: z
    .array(apiScope)
    .min(1, 'Choose what it may be used for.')
    .max(16, 'At most 16 scopes.')
    .transform((scopes) => [...new Set(scopes)]),
  expiresAt: moment.nullable(),
})
export type NewApiKey = z.input<typeof newApiKey>

/** What keys are asked for today, for the form: the endpoint or the route that asks, in words. */
export const apiScopes: readonly { scope: string; about: string }[] = [
  { scope: 'device', about: 'Open /ws/device and send measurements.' },
]

/** After how many days a new key may expire. */
export const keyDays = [30, 90, 365] as const

/** What the form sends: how long the key holds, by the server's clock. Null is until it is revoked. */
export const keyRequest = newApiKey.omit({ expiresAt: true }).extend({ days: z.literal([...keyDays]).nullable() })
export type KeyRequest = z.input<typeof keyRequest>

/** A key as admins see it; the key itself is shown once, when it is made. Times are milliseconds since 1970. */
export const apiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its first characters, by which a person tells it from others. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  /** The name of the admin who made it. */
  createdBy: z.string(),
  createdAt: moment,
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
  /** To the minute. */
  lastUsedAt: moment.nullable(),
})
export type ApiKey = z.infer<typeof apiKey>
