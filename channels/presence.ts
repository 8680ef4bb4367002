import { z } from 'zod'
import { type ChannelContract, defineChannel, latest, type StateOf } from './contract'
import { userRef } from './user'
import type { FirstPaint } from './wire'

/** The part of a page someone is on, by a short name its code gives it: a field, a panel. */
export const partName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i)

/** What a tab says of itself: `idle` while nobody looks at it, and the part of the page it is on, where it is on one. */
export const whereabouts = z.object({ idle: z.boolean(), part: partName.nullable() })
export type Whereabouts = z.infer<typeof whereabouts>

/** One tab of one person. `since` is when they came, milliseconds since 1970, server time; a reload does not change it. */
export const presenceEntry = whereabouts.extend({ user: userRef, tab: z.string(), since: z.number() })
export type PresenceEntry = z.infer<typeof presenceEntry>

/** How many people are here, by way of one node, beside those of whom there is an entry. */
export const others = z.object({ node: z.string(), people: z.int().positive() })

/**
 * Who is in a room of another channel: `presence/chat:general`. To have joined is to be there; whoever may join that
 * room may join this one. `present` holds one entry per tab, and, in rooms with more tabs than a screen can show,
 * `others` the number of people left out: the server sends each member no more than a few hundred entries.
 */
export const presence = defineChannel({
  name: 'presence',
  room: z.string().regex(/^[a-z-]+:./),
  state: z.object({}),
  pushes: {
    present: latest(presenceEntry, ({ user, tab }) => `${user.id}/${tab}`),
    others: latest(others, ({ node }) => node),
  },
  calls: {
    move: { input: whereabouts, output: z.object({}), limit: { burst: 20, perSecond: 4 } },
  },
})

export type PresencePaint = FirstPaint<StateOf<typeof presence>>

/** The room in which to see who is in this room of that channel. */
export function presenceRoom(channel: Pick<ChannelContract, 'name'>, room: string): string {
  return `${channel.name}:${room}`
}
