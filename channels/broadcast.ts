import { z } from 'zod'
import { defineChannel, latest, type StateOf, stream } from './contract'
import { text } from './text'
import { role, userRef } from './user'
import type { FirstPaint } from './wire'

export const severity = z.enum(['info', 'warning', 'danger'])
export type Severity = z.infer<typeof severity>

/** Those who are told together. */
export const group = z.enum(['all', ...role.options])

/** Whom a broadcast is for, which is also the room they are told in: `broadcast/all`, `broadcast/person-<id>`. */
export const audience = z.union([group, z.templateLiteral(['person-', z.uuid()])])
export type Audience = z.infer<typeof audience>

/** The room of one person: for what is said to them alone, and for what they do to broadcasts on any of their screens. */
export const personRoom = (userId: string): Audience => audience.parse(`person-${userId}`)

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

/**
 * A system message, from `startsAt`; without `expiresAt` it holds until withdrawn. It may count down to `countsTo`.
 * Whoever must acknowledge it cannot dismiss it before. `version` counts its edits.
 */
export const broadcast = z.object({
  id: z.uuid(),
  version: z.int(),
  text: z.string(),
  severity,
  audience,
  /** The one person it is for. */
  to: userRef.nullable(),
  author: z.string(),
  at: moment,
  startsAt: moment,
  expiresAt: moment.nullable(),
  countsTo: moment.nullable(),
  dismissible: z.boolean(),
  mustAcknowledge: z.boolean(),
  editedAt: moment.nullable(),
})
export type Broadcast = z.infer<typeof broadcast>

const words = {
  text: text(500),
  severity,
  countsTo: moment.nullable().default(null),
  dismissible: z.boolean().default(true),
  mustAcknowledge: z.boolean().default(false),
}

/**
 * What an admin writes: the form and the model parse the same. `holdsFor` is minutes from its start, at most a week;
 * null until withdrawn. Without `startsAt` it starts at once.
 */
export const newBroadcast = z.object({
  ...words,
  audience,
  startsAt: moment.nullable().default(null),
  holdsFor: z
    .int('Choose how long it holds.')
    .min(1)
    .max(7 * 24 * 60)
    .nullable(),
})
export type NewBroadcast = z.input<typeof newBroadcast>

/** What may be changed while it stands. `version` is the one that was read: another since is a `conflict`. */
export const broadcastEdit = z.object({ ...words, version: z.int(), expiresAt: moment.nullable() })
export type BroadcastEdit = z.input<typeof broadcastEdit>

/** One entry of the history that admins see: to come, standing or over. */
export const entry = broadcast.extend({ withdrawnAt: moment.nullable() })
export type Entry = z.infer<typeof entry>

/** How many people have had it on a screen, had it in front of them, and confirmed it; of how many it is for. */
export const receipts = z.object({
  id: z.uuid(),
  people: z.int(),
  delivered: z.int(),
  seen: z.int(),
  acknowledged: z.int(),
})
export type Receipts = z.infer<typeof receipts>

const one = z.object({ id: z.uuid() })

/**
 * Broadcasts that hold. A screen joins three rooms: everyone's, its role's and its person's; `desk`, for admins, is
 * the history, newest first, with the receipts of each entry.
 * `dismiss`, `acknowledge` and `had` are called in the person's own room, else they are `forbidden`; `not-found` is a
 * broadcast that is not for them. `had` says which broadcasts a screen shows, and whether someone can see it.
 */
export const broadcasts = defineChannel({
  name: 'broadcast',
  room: z.union([audience, z.literal('desk')]),
  state: z.object({
    standing: z.array(broadcast),
    /** Those of the person's that they have dismissed or acknowledged. */
    done: z.array(z.uuid()),
    history: z.array(entry),
    receipts: z.array(receipts),
  }),
  pushes: {
    announced: stream(broadcast),
    edited: stream(broadcast),
    withdrawn: stream(one),
    dismissed: stream(one),
    acknowledged: stream(one),
    kept: stream(entry),
    counted: latest(receipts, ({ id }) => id),
  },
  calls: {
    dismiss: { input: one, output: one },
    acknowledge: { input: one, output: one },
    had: { input: z.object({ ids: z.array(z.uuid()).min(1).max(50), seen: z.boolean() }), output: z.object({}) },
  },
})
export type BroadcastState = StateOf<typeof broadcasts>

/** What the server renders into every page: the rooms of everyone, of the person's role and of the person. */
export type BroadcastRooms = Record<'all' | 'role' | 'person', FirstPaint<BroadcastState>>
