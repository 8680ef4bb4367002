import { z } from 'zod'
import { defineChannel, type StateOf, stream, volatile } from './contract'
import { text } from './text'
import { userRef } from './user'

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

/** A place in a room: its messages are numbered 1, 2, 3 … without a hole, and none ever changes its number. */
export const messageNumber = z.int().min(1).max(2_147_483_647)

/** What can be said of a message with one press, in the order in which it is offered. */
export const emojis = ['👍', '❤️', '😄', '🎉', '😮', '😢', '👀', '✅'] as const
export const emoji = z.enum(emojis)
export type Emoji = z.infer<typeof emoji>

/** How long after it was posted one may change or delete one's own message, in milliseconds. The server's clock decides. */
export const editWithin = 15 * 60_000

/** The longest run of messages one call of `page` answers with, and how many a room's state holds. */
export const pageLength = { most: 100, state: 50 }

/** The most people a private room has. */
export const mostMembers = 200

/** Those who have said it, first the one who said it first. Nobody is there twice, and no list is empty. */
export const reaction = z.object({ emoji, by: z.array(userRef) })
export type Reaction = z.infer<typeof reaction>

/**
 * One message. `id` is chosen by the sender, so that sending again is safe; `number` is its place in the room.
 * `version` counts its changes: of two copies the one with the higher version is right. Once deleted, `body` is
 * empty, there are no reactions, and `number` and `author` remain. `replyTo` is the number of the message it answers.
 * Times are milliseconds since 1970, server time.
 */
export const message = z.object({
  id: z.uuid(),
  number: messageNumber,
  version: z.int().min(0),
  author: userRef,
  body: z.string().max(2_000),
  at: moment,
  replyTo: messageNumber.nullable(),
  editedAt: moment.nullable(),
  deletedAt: moment.nullable(),
  reactions: z.array(reaction),
})
export type Message = z.infer<typeof message>

/** What a person writes; issues are sentences for them. */
export const messageBody = text(2_000)

/** What `post` takes. Without `replyTo`, or with null, it answers nothing. */
export const newMessage = z.object({
  id: z.uuid(),
  body: messageBody,
  replyTo: messageNumber.nullable().default(null),
})
export type NewMessage = z.input<typeof newMessage>

/** `public`: for everyone who is signed in. `private`: for its members. `direct`: for the two people it is between. */
export const chatKind = z.enum(['public', 'private', 'direct'])
export type ChatKind = z.infer<typeof chatKind>

/** What follows `chat/` on the wire and `/chat/` in the address. */
export const chatKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/)

/** A room itself. `owner` is null for the rooms that were there from the start and for direct ones, which have no title. */
export const chatRoom = z.object({
  key: chatKey,
  kind: chatKind,
  title: z.string(),
  topic: z.string(),
  owner: userRef.nullable(),
})
export type ChatRoom = z.infer<typeof chatRoom>

/** A run of messages by number, both ends included; 100 at most. */
export const messageRange = z
  .object({ from: messageNumber, to: messageNumber })
  .refine(({ from, to }) => from <= to, 'A page begins before it ends.')
  .refine(({ from, to }) => to - from < pageLength.most, `A page has at most ${pageLength.most} messages.`)
export type MessageRange = z.infer<typeof messageRange>

/** In ascending order. What the room does not reach is left out, so it may be shorter than what was asked for. */
export const messagePage = z.object({ messages: z.array(message) })
export type MessagePage = z.infer<typeof messagePage>

const byId = z.object({ id: z.uuid() })
const member = z.object({ user: userRef })

/**
 * A chat room, named by its key: `chat/general`. Who may not read it is answered `not-found`, as if there were none.
 *
 * State: the room, its members (of a private or direct room, by name; empty for a public one), the newest messages in
 * ascending order, and the number of the last one (0 in an empty room). Messages before `messages[0].number` are had
 * by `page`, by their numbers; what is held may have holes, which the numbers show. A state that comes with a join
 * replaces all of it: what was loaded by `page` is then asked for again.
 *
 * Pushes: `posted` a new message; `changed` the whole message after an edit, its deletion or a reaction, also of
 * messages this client does not hold, which it keeps, or an older answer of `page` on its way would win; `typing`
 * that someone writes just now; `memberAdded` and `memberRemoved`. Who is removed gets `chat:left` (`not-found`).
 *
 * Calls, besides `invalid` for an input that does not fit and `not-found` for a room one may not read:
 * - `post` answers with the message; the same one again answers with the stored one. `conflict` when the id is taken by
 *   another message, or when the answered one is deleted; `invalid` when it answers a number there is not.
 * - `edit` and `delete` answer with the message. One's own within `editWithin`, an admin any in a room they may read;
 *   else `forbidden`. `not-found` for a message the room does not have; `conflict` to edit one that is deleted.
 *   Deleting again and the same edit again change nothing. A deletion is for good.
 * - `react` puts (`on`) or takes back one's emoji, and answers with the message; doing it again changes nothing.
 *   `not-found` for a message the room does not have, `conflict` for one that is deleted.
 * - `page` answers with the messages from one number to another, both included, 100 at most.
 * - `add` lets a person into a private room: its owner alone, else `forbidden`. `not-found` when there is no such
 *   person or their account is disabled, `conflict` with `mostMembers` in it or in a room that is not private. Whoever
 *   is there already stays.
 * - `remove` takes a person out of a private room: its owner anyone, and everyone themselves, else `forbidden`;
 *   `conflict` for the owner while others are there, and in a room that is not private. Whoever is not there is no
 *   error. A room nobody is in any more is gone for everyone.
 * - `typing` is volatile: two a second at most.
 */
export const chat = defineChannel({
  name: 'chat',
  room: chatKey,
  state: z.object({
    room: chatRoom,
    members: z.array(userRef),
    messages: z.array(message),
    last: z.int().min(0),
  }),
  pushes: {
    posted: stream(message),
    changed: stream(message),
    memberAdded: stream(member),
    memberRemoved: stream(member),
    typing: volatile(z.object({ user: userRef })),
  },
  calls: {
    post: { input: newMessage, output: message, limit: { burst: 20, perSecond: 5 } },
    edit: { input: byId.extend({ body: messageBody }), output: message, limit: { burst: 10, perSecond: 2 } },
    delete: { input: byId, output: message, limit: { burst: 20, perSecond: 2 } },
    react: {
      input: byId.extend({ emoji, on: z.boolean() }),
      output: message,
      limit: { burst: 20, perSecond: 5 },
    },
    page: { input: messageRange, output: messagePage, limit: { burst: 30, perSecond: 10 } },
    add: { input: z.object({ userId: z.uuid() }), output: member, limit: { burst: 20, perSecond: 2 } },
    remove: { input: z.object({ userId: z.uuid() }), output: member, limit: { burst: 20, perSecond: 2 } },
    typing: { input: z.object({}), output: z.object({}), volatile: true, limit: { burst: 5, perSecond: 2 } },
  },
})

export type ChatState = StateOf<typeof chat>
