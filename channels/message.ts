import { z } from 'zod'
import { defineChannel, type StateOf, stream } from './contract'
import { json } from './json'
import { unstorable } from './text'
import type { FirstPaint } from './wire'

/** Kept as it is written: to a program a space at the end may matter. */
const attribute = z
  .string()
  .max(1_000, 'At most 1,000 characters.')
  .refine((value) => !unstorable.test(value), 'It holds characters that cannot be stored.')
  .nullable()

/**
 * The typed fields of the Mendix module "Websockets Push" and a free body, for callers who want no contract of
 * their own. Null is a field that nobody has set. `progress` is 0 to 100, `datetime` milliseconds since 1970;
 * `body` has at most 32 KiB, so that the whole stays below the 64 KiB of a message (channels/wire.ts).
 */
export const genericMessage = z.strictObject({
  text1: attribute,
  text2: attribute,
  text3: attribute,
  progress: z.number().min(0, 'Progress begins at 0.').max(100, 'Progress ends at 100.').nullable(),
  busy: z.boolean().nullable(),
  value: z.number().nullable(),
  datetime: z.int().min(0).max(8.64e15).nullable(),
  body: json(32 * 1024).nullable(),
})
export type GenericMessage = z.infer<typeof genericMessage>

/**
 * The generic channel: `message/<subscription id>`, the id being a uuid or another short word. A subscription holds
 * one message, the last one sent; every send carries it whole.
 */
export const messages = defineChannel({
  name: 'message',
  room: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'An id has 1 to 64 characters: a to z, 0 to 9, hyphen.'),
  state: z.object({ message: genericMessage.nullable() }),
  pushes: { sent: stream(genericMessage) },
  calls: {},
})

export type Subscription = FirstPaint<StateOf<typeof messages>>
