import { z } from 'zod'
import { defineChannel, type StateOf, stream } from './contract'
import { text } from './text'
import { role } from './user'
import type { FirstPaint } from './wire'

export const severity = z.enum(['info', 'warning', 'danger'])
export type Severity = z.infer<typeof severity>

export const audience = z.enum(['all', ...role.options])
export type Audience = z.infer<typeof audience>

/** A system message. Times are milliseconds since 1970, server time; without `expiresAt` it holds until withdrawn. */
export const broadcast = z.object({
  id: z.uuid(),
  text: z.string(),
  severity,
  audience,
  author: z.string(),
  at: z.number(),
  expiresAt: z.number().nullable(),
})
export type Broadcast = z.infer<typeof broadcast>

/** What an admin writes: the form and the model parse the same. `holdsFor` is minutes, at most a week; null until withdrawn. */
export const newBroadcast = z.object({
  text: text(500),
  severity,
  audience,
  holdsFor: z
    .int('Choose how long it holds.')
    .min(1)
    .max(7 * 24 * 60)
    .nullable(),
})
export type NewBroadcast = z.infer<typeof newBroadcast>

/** The room in which an audience is told: `broadcast/all`, `broadcast/admin`, `broadcast/member`. */
export const audienceRoom = (to: Audience): string => to

/** The room of one person, for what they do to broadcasts on any of their screens. */
export const personRoom = (userId: string): string => `person-${userId}`

/**
 * Broadcasts that hold. A screen joins three rooms: everyone's, its role's and its person's.
 * `dismiss` is called in the person's room and answers `not-found` for a broadcast there is not.
 */
export const broadcasts = defineChannel({
  name: 'broadcast',
  room: z.union([audience, z.templateLiteral(['person-', z.uuid()])]),
  state: z.object({ standing: z.array(broadcast), dismissed: z.array(z.uuid()) }),
  pushes: {
    announced: stream(broadcast),
    withdrawn: stream(z.object({ id: z.uuid() })),
    dismissed: stream(z.object({ id: z.uuid() })),
  },
  calls: {
    dismiss: { input: z.object({ id: z.uuid() }), output: z.object({ id: z.uuid() }) },
  },
})

/** What the server renders into every page: the rooms of everyone, of the person's role and of the person. */
export type BroadcastRooms = Record<'all' | 'role' | 'person', FirstPaint<StateOf<typeof broadcasts>>>

/** What the server renders into the settings page: the room of each audience. */
export type AudienceRooms = Record<Audience, FirstPaint<StateOf<typeof broadcasts>>>
