import { z } from 'zod'
import { defineChannel, stream, volatile } from './contract'
import { text } from './text'
import { userRef } from './user'

/** Milliseconds since 1970, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

/** One message. `id` is chosen by the sender, so that sending again is safe; `at` is milliseconds since 1970, server time. */
export const message = z.object({ id: z.uuid(), author: userRef, body: text(2_000), at: moment })
export type Message = z.infer<typeof message>

/** Messages in the order they are read: by time, and by id where the time is the same. */
export function compareMessages(a: Pick<Message, 'at' | 'id'>, b: Pick<Message, 'at' | 'id'>): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** A run of messages, oldest first. `more` says whether there are older ones. */
export const messagePage = z.object({ messages: z.array(message), more: z.boolean() })
export type MessagePage = z.infer<typeof messagePage>

/**
 * A chat room, named by its key: `chat/general`.
 * `post` answers `conflict` when the id is taken by another message; sending the same one again
 * answers with the stored one. `typing` tells the room that the caller is writing just now.
 */
export const chat = defineChannel({
  name: 'chat',
  room: z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/),
  state: messagePage,
  pushes: {
    posted: stream(message),
    typing: volatile(z.object({ user: userRef })),
  },
  calls: {
    post: { input: message.pick({ id: true, body: true }), output: message, limit: { burst: 20, perSecond: 5 } },
    history: {
      input: z.object({ before: message.pick({ at: true, id: true }) }),
      output: messagePage,
      limit: { burst: 20, perSecond: 5 },
    },
    typing: { input: z.object({}), output: z.object({}), volatile: true, limit: { burst: 5, perSecond: 2 } },
  },
})
