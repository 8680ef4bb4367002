import { z } from 'zod'
import { defineChannel, type StateOf, stream } from './contract'
import { id } from './id'
import type { FirstPaint } from './wire'

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

export const notificationKinds = ['job', 'mention', 'invitation', 'sign-in', 'broadcast'] as const
export const notificationKind = z.enum(notificationKinds)
export type NotificationKind = z.infer<typeof notificationKind>

/**
 * A path of this application: it begins with one slash. Two together, a backslash, and what a browser takes out of an
 * address before it reads it, are nowhere in it: they would make it an address of another site.
 */
export const ownPath = z
  .string()
  .max(500)
  .regex(/^(?!.*(?:\/\/|[\\\s\p{C}]))\//su, 'Only a path of this application.')
export type OwnPath = z.infer<typeof ownPath>

/**
 * One entry of an inbox, plain text. `id` is a UUID of version 7, made at `at`, so ids sort by time. `href` is where
 * it leads, if anywhere.
 */
export const notification = z.object({
  id,
  kind: notificationKind,
  title: z.string(),
  body: z.string(),
  href: ownPath.nullable(),
  at: moment,
  read: z.boolean(),
  archived: z.boolean(),
})
export type Notification = z.infer<typeof notification>

/** Where a person wants to hear of a kind: in the inbox, by a toast, and by the system while no tab is seen. */
export const preference = z.object({
  kind: notificationKind,
  inbox: z.boolean(),
  toast: z.boolean(),
  system: z.boolean(),
})
export type Preference = z.infer<typeof preference>

/** What holds for a kind about which the person has said nothing: a broadcast stands on every screen already. */
export function usual(kind: NotificationKind): Preference {
  return { kind, inbox: true, toast: kind !== 'broadcast', system: false }
}

/** `inbox` is all that is not archived, read or not. */
export const inboxState = z.enum(['inbox', 'unread', 'read', 'archived'])
export type InboxState = z.infer<typeof inboxState>

/** Which entries are asked for; without a kind, those of every kind. */
export const inboxFilter = z.object({ state: inboxState, kind: notificationKind.optional() })
export type InboxFilter = z.infer<typeof inboxFilter>

/** After which entry the next page begins. */
export const inboxPlace = notification.pick({ at: true, id: true })
export type InboxPlace = z.infer<typeof inboxPlace>

/** How many entries a page has, and how many one call reads or marks at most. */
export const inboxLength = { page: 20, call: 100 }

/** Newest first. `next` is where the next page begins, or null when there is none. */
export const inboxPage = z.object({ entries: z.array(notification), next: inboxPlace.nullable() })
export type InboxPage = z.infer<typeof inboxPage>

const ids = z.array(id).max(inboxLength.call)
const unread = z.int().min(0)

export const inboxMark = z.object({ ids: ids.min(1), as: z.enum(['read', 'unread', 'archived', 'restored']) })
export type InboxMark = z.infer<typeof inboxMark>

/**
 * What a person is told of, in a room of their own named by their id; to others it is `not-found`. It is confidential:
 * a push says which entry, or only that something changed, and the screen fetches. So a title never lies in the log.
 *
 * State: how many are unread, where the person wants to hear of what, and the newest page of the inbox; to which a
 * client adds what it fetches. `asOf` is when it was read, by the server's clock: another one means that the state has
 * been replaced, and that what was fetched by `page` is to be asked for again. `swept` is null in a state loaded
 * afresh, and else the newest entry that was there when all were marked read: entries up to it that a page was
 * rendered with, and that the state does not hold, are read.
 *
 * Pushes: `notified` a new entry, of which a person may be told by a toast; `changed` one that was marked; `swept` that
 * all up to this one are read; `preferred` that a preference changed.
 *
 * Calls:
 * - `read` answers with these entries as they are now, and with the count and the preferences, also for no ids at all.
 * - `page` answers with a page of what the filter lets through, from the newest or `before` an entry on.
 * - `mark` answers with the entries as they are now; what is so already stays as it is.
 * - `sweep` marks everything in the inbox up to this entry as read, and nothing that came after it.
 * - `prefer` answers with the preference.
 * All but `page` and `prefer` answer `not-found` when one of the ids is of no entry of this person.
 */
export const notifications = defineChannel({
  name: 'notification',
  confidential: true,
  room: z.uuid().lowercase(),
  state: z.object({
    asOf: moment,
    unread,
    preferences: z.array(preference),
    entries: z.array(notification),
    swept: id.nullable(),
  }),
  pushes: {
    notified: stream(z.object({ notification: id })),
    changed: stream(z.object({ notification: id })),
    swept: stream(z.object({ until: id })),
    preferred: stream(z.object({})),
  },
  calls: {
    read: {
      input: z.object({ ids }),
      output: z.object({ entries: z.array(notification), unread, preferences: z.array(preference) }),
      limit: { burst: 40, perSecond: 10 },
    },
    page: { input: inboxFilter.extend({ before: inboxPlace.optional() }), output: inboxPage },
    mark: { input: inboxMark, output: z.object({ entries: z.array(notification), unread }) },
    sweep: { input: z.object({ until: id }), output: z.object({ until: id, unread }) },
    prefer: { input: preference, output: preference },
  },
})

export type NotificationState = StateOf<typeof notifications>
export type NotificationPaint = FirstPaint<NotificationState>
