import { z } from 'zod'
import { chatKey, chatKind, message, messageNumber } from './chat'
import { defineChannel, latest, type StateOf, stream } from './contract'
import { text, unstorable } from './text'
import { userRef } from './user'
import type { FirstPaint } from './wire'

/** One room in the list. `last` is the number of its last message, 0 in an empty one; `with` is the other person of a direct room. */
export const roomEntry = z.object({
  key: chatKey,
  kind: chatKind,
  title: z.string(),
  topic: z.string(),
  last: z.int().min(0),
  with: userRef.nullable(),
})
export type RoomEntry = z.infer<typeof roomEntry>

/** How far someone has read: up to the message of this number. Without a marker, nothing. */
export const marker = z.object({ key: chatKey, number: messageNumber })
export type Marker = z.infer<typeof marker>

/** What a person gives a room they open: the form and the model parse the same. */
export const newRoom = z.object({
  title: text(60).refine((title) => !/[\r\n\t]/.test(title), 'A title is one line.'),
  topic: z
    .string()
    .trim()
    .max(200, 'At most 200 characters.')
    .refine((value) => !unstorable.test(value), 'It holds characters that cannot be stored.')
    .default(''),
  private: z.boolean(),
})
export type NewRoom = z.input<typeof newRoom>

/** Where the next page of a search begins: after the hit of this message. */
export const searchPlace = z.object({ at: message.shape.at, id: z.uuid() })

/**
 * What `search` takes: words, all of which a message must have, the last of them as a beginning; `"a phrase"`, `or`
 * and `-without` mean what they do in a search engine. Nothing in it is an error.
 */
export const searchInput = z.object({ text: text(200), before: searchPlace.optional() })
export type SearchInput = z.input<typeof searchInput>

/** A piece of plain text, and whether it is what was searched for. Never HTML: it is shown as text. */
export const snippetPart = z.object({ text: z.string(), mark: z.boolean() })
export type SnippetPart = z.infer<typeof snippetPart>

/** `snippet` are the words around what was found. */
export const searchHit = z.object({
  room: roomEntry.pick({ key: true, kind: true, title: true, with: true }),
  message: message.pick({ id: true, number: true, author: true, at: true }),
  snippet: z.array(snippetPart),
})
export type SearchHit = z.infer<typeof searchHit>

/** Newest first. `more` says whether there are older ones: ask again with `before` the last hit's message. */
export const searchPage = z.object({ hits: z.array(searchHit), more: z.boolean() })
export type SearchPage = z.infer<typeof searchPage>

/** The room of one person in this channel: their private and direct rooms, and how far they have read in all rooms. */
export const ownRooms = (userId: string): string => `person-${userId}`

/**
 * The list of chat rooms. A screen joins two rooms of it: `rooms/all`, the public ones, for everyone who is signed in,
 * and `rooms/person-<id>`, one's own private and direct ones and the markers; another's is `forbidden`.
 *
 * Pushes: `opened` a room to be listed (again); `closed` a room to be listed no more; `read` a marker that went up on
 * any of the person's screens; `counted` the newest number of a room, keyed by the room: in `all` for public rooms, in
 * each member's own for the others. A count is the largest of the entry's `last` and of what was counted; one higher
 * than the marker is unread.
 *
 * Calls, all in one's own room, else `forbidden`:
 * - `read` raises a marker and answers with it as it is now; it never goes down, nor past the room's last message.
 *   `not-found` for a room one may not read, `conflict` for an empty one.
 * - `open` makes a room of which the caller is owner and, if it is private, the first member; answers with its entry.
 *   `conflict` for more than 50 rooms of one owner.
 * - `direct` answers with the room between the caller and that person, the same one whoever of them asks, and makes it
 *   where there is none. `not-found` when there is no such person or their account is disabled, `invalid` for oneself.
 * - `search` answers with the messages that are found in all rooms the person may read, newest first, 20 at a time.
 * - `people` answers with the first 20 others, by name, whose name holds the text, disabled accounts left out.
 */
export const rooms = defineChannel({
  name: 'rooms',
  room: z.union([z.literal('all'), z.templateLiteral(['person-', z.uuid()])]),
  state: z.object({ rooms: z.array(roomEntry), markers: z.array(marker) }),
  pushes: {
    opened: stream(roomEntry),
    closed: stream(z.object({ key: chatKey })),
    read: stream(marker),
    counted: latest(roomEntry.pick({ key: true, last: true }), ({ key }) => key),
  },
  calls: {
    read: { input: marker, output: marker, limit: { burst: 20, perSecond: 5 } },
    open: { input: newRoom, output: roomEntry, limit: { burst: 5, perSecond: 0.2 } },
    direct: { input: z.object({ userId: z.uuid() }), output: roomEntry, limit: { burst: 10, perSecond: 1 } },
    search: { input: searchInput, output: searchPage, limit: { burst: 10, perSecond: 3 } },
    people: {
      input: z.object({ text: z.string().trim().max(60).default('') }),
      output: z.object({ people: z.array(userRef) }),
      limit: { burst: 20, perSecond: 5 },
    },
  },
})

export type RoomsState = StateOf<typeof rooms>

/** What the server renders into the pages of the chat. */
export type RoomLists = Record<'all' | 'person', FirstPaint<RoomsState>>
