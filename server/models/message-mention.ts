import type { ChatRoom, Message } from '#channels/chat'
import type { Transaction } from '#server/db/transaction'
import { notify, retell } from '#server/models/notification'

export type Place = Pick<ChatRoom, 'key' | 'kind' | 'title'>

/** The most people one message calls by their names. */
const mostCalled = 20

/** Tells those who are called by `@name` in a message, if they may read it; each once, however often it is edited. */
export async function tellMentioned(tx: Transaction, room: Place, message: Message): Promise<void> {
  const names = namesIn(message.body)
  if (names.length === 0) return
  const called = await tx.user.findMany({
    where: {
      ...{ name: { in: names }, disabledAt: null, id: { not: message.author.id } },
      ...(room.kind !== 'public' && { memberships: { some: { roomKey: room.key } } }),
    },
    select: { id: true },
    take: mostCalled,
  })
  await notify(tx, {
    userIds: called.map(({ id }) => id),
    kind: 'mention',
    about: about(message.id),
    title: `${message.author.name} mentioned you${room.title && ` in ${room.title}`}`,
    body: message.body,
    href: `/chat/${room.key}?message=${message.number}`,
  })
}

/** Those who were called are told no longer by what: the message is deleted. */
export function takeBackMention(tx: Transaction, messageId: string): Promise<void> {
  return retell(tx, about(messageId), 'The message was deleted.')
}

const about = (messageId: string) => `mention/${messageId}`

/** Names as they may be meant: a full stop or a hyphen at the end may belong to the sentence. */
function namesIn(body: string): string[] {
  const found = body.toLowerCase().match(/(?<![a-z0-9._@-])@[a-z0-9._-]{2,32}/g) ?? []
  const names = found.map((name) => name.slice(1))
  return [...new Set(names.flatMap((name) => [name, name.replace(/[._-]+$/, '')]))]
}
