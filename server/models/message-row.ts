import type { Emoji, Message, Reaction } from '#channels/chat'
import { emojis } from '#channels/chat'
import type { UserRef } from '#channels/user'
import type { Prisma } from '#server/db/generated/client'

const user = { select: { id: true, name: true } } satisfies Prisma.UserDefaultArgs

/** What is read of a message, for `fromRow`. */
export const row = {
  id: true,
  roomKey: true,
  number: true,
  version: true,
  body: true,
  at: true,
  replyTo: true,
  editedAt: true,
  deletedAt: true,
  author: user,
  reactions: { select: { emoji: true, user }, orderBy: [{ at: 'asc' }, { userId: 'asc' }] },
} satisfies Prisma.MessageSelect

export type MessageRow = Prisma.MessageGetPayload<{ select: typeof row }>

/** A message as the contract says it. */
export function fromRow({ roomKey: _, at, editedAt, deletedAt, reactions, ...rest }: MessageRow): Message {
  return {
    ...rest,
    at: at.getTime(),
    editedAt: editedAt?.getTime() ?? null,
    deletedAt: deletedAt?.getTime() ?? null,
    reactions: grouped(reactions),
  }
}

/** In the order of the list of emoji, so that two who load the same message see the same. */
function grouped(reactions: { emoji: string; user: UserRef }[]): Reaction[] {
  const of = (emoji: Emoji) => reactions.filter((one) => one.emoji === emoji).map(({ user }) => user)
  return emojis.map((emoji) => ({ emoji, by: of(emoji) })).filter(({ by }) => by.length > 0)
}
