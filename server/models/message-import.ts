import { randomUUID } from 'node:crypto'
import type { Emoji } from '#channels/chat'
import { container } from '#server/container'

/** `author` and those who react by name; `answers` is the number of a message of the same room. */
export interface Line {
  room: string
  author: string
  minutesAgo: number
  body: string
  answers?: number
  reactions?: Partial<Record<Emoji, string[]>>
}

/** Puts an earlier conversation, oldest line first, into rooms where nobody has written yet, before anyone can have joined them. */
export async function importMessages(lines: Line[]): Promise<void> {
  const { prisma } = container().database
  if ((await prisma.message.count()) > 0) return
  const people = await prisma.user.findMany({ select: { id: true, name: true } })
  const ids = new Map(people.map(({ id, name }) => [name, id]))
  const now = Date.now()
  const counts = new Map<string, number>()
  const reactions: { messageId: string; emoji: string; userId: string }[] = []
  const messages = lines.flatMap(({ room, author, minutesAgo, body, answers, reactions: said = {} }) => {
    const authorId = ids.get(author)
    if (!authorId) return []
    const id = randomUUID()
    const number = (counts.get(room) ?? 0) + 1
    counts.set(room, number)
    for (const [emoji, names] of Object.entries(said)) {
      for (const userId of names.flatMap((name) => ids.get(name) ?? []))
        reactions.push({ messageId: id, emoji, userId })
    }
    const at = new Date(now - minutesAgo * 60_000)
    return [{ id, roomKey: room, number, authorId, body, replyTo: answers ?? null, at }]
  })
  await prisma.message.createMany({ data: messages })
  await prisma.messageReaction.createMany({ data: reactions })
  for (const [key, lastNumber] of counts) await prisma.chatRoom.update({ where: { key }, data: { lastNumber } })
}

/**
 * Fills a room with so many more messages, a second apart and the last of them now, by one statement: to see how a long
 * room behaves. Nobody is told, so it is done before anyone has joined.
 */
export async function fillChatRoom(key: string, author: string, count: number): Promise<void> {
  await container().database.prisma.$executeRaw`
    WITH filled AS (UPDATE chat_room SET last_number = last_number + ${count}::int WHERE key = ${key} RETURNING last_number)
    INSERT INTO message (id, room_key, number, author_id, body, at)
    SELECT gen_random_uuid(), ${key}, last_number - ${count}::int + nth, app_user.id,
      'Line ' || nth || ' of the log: pallet ' || nth % 977 || ' to place ' || nth % 89, now() - (${count}::int - nth) * interval '1 second'
    FROM filled, app_user, generate_series(1, ${count}::int) AS nth WHERE app_user.name = ${author}`
}
