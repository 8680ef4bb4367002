import { randomUUID } from 'node:crypto'
import { chat, type Message, type MessagePage, message } from '#channels/chat'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import { transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'
import { requireChatRoom } from './chat-room'

const newMessage = message.pick({ id: true, body: true })
type NewMessage = Pick<Message, 'id' | 'body'>

/**
 * Stores and publishes a message. Sending it again with the same id changes nothing and returns the
 * stored one, so a client whose answer was lost may simply repeat itself.
 */
export async function postMessage(actor: LiveSession['user'], room: string, input: NewMessage): Promise<Message> {
  const { id, body } = parseInput(newMessage, input)
  await requireChatRoom(room)
  return transaction(async (tx) => {
    const at = new Date()
    // Holds the room until the commit, so that numbers and times go up together.
    const { lastNumber: number } = await tx.chatRoom.update({
      where: { key: room },
      data: { lastNumber: { increment: 1 } },
      select: { lastNumber: true },
    })
    const { count } = await tx.message.createMany({
      data: [{ id, roomKey: room, number, authorId: actor.id, body, at }],
      skipDuplicates: true,
    })
    if (count === 0) {
      await tx.chatRoom.update({ where: { key: room }, data: { lastNumber: { decrement: 1 } } })
      return storedMessage(tx, actor, room, { id, body })
    }
    const posted = { id, author: { id: actor.id, name: actor.name }, body, at: at.getTime() }
    tx.publish(chat, room, 'posted', posted)
    return posted
  })
}

async function storedMessage(
  tx: Prisma.TransactionClient,
  actor: LiveSession['user'],
  room: string,
  { id, body }: NewMessage,
): Promise<Message> {
  const stored = await tx.message.findUnique({ where: { id }, select: row })
  if (stored?.roomKey !== room || stored.author.id !== actor.id || stored.body !== body) {
    refuse('conflict', 'Another message has this id.')
  }
  return fromRow(stored)
}

const pageLength = 50

/** The newest messages of a room, or those before a given one; oldest first. */
export async function readMessages(room: string, before?: Pick<Message, 'at' | 'id'>): Promise<MessagePage> {
  await requireChatRoom(room)
  const at = before && new Date(before.at)
  const rows = await container().database.prisma.message.findMany({
    where: { roomKey: room, ...(before && { OR: [{ at: { lt: at } }, { at, id: { lt: before.id } }] }) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: pageLength + 1,
    select: row,
  })
  return { messages: rows.slice(0, pageLength).reverse().map(fromRow), more: rows.length > pageLength }
}

/** A room for the first paint of its page. */
export function openChat(room: string): Promise<FirstPaint<MessagePage>> {
  return firstPaint(chat, room, () => readMessages(room))
}

type Line = [room: string, author: string, minutesAgo: number, body: string]

/** Puts an earlier conversation into rooms where nobody has written yet, before anyone can have joined them. */
export async function importMessages(lines: Line[]): Promise<void> {
  const { prisma } = container().database
  if ((await prisma.message.count()) > 0) return
  const authors = await prisma.user.findMany({ select: { id: true, name: true } })
  const ids = new Map(authors.map(({ id, name }) => [name, id]))
  const now = Date.now()
  const counts = new Map<string, number>()
  await prisma.message.createMany({
    data: lines.flatMap(([roomKey, author, minutesAgo, body]) => {
      const authorId = ids.get(author)
      if (!authorId) return []
      const number = (counts.get(roomKey) ?? 0) + 1
      counts.set(roomKey, number)
      return [{ id: randomUUID(), roomKey, number, authorId, body, at: new Date(now - minutesAgo * 60_000) }]
    }),
  })
  for (const [key, lastNumber] of counts) await prisma.chatRoom.update({ where: { key }, data: { lastNumber } })
}

const row = {
  id: true,
  roomKey: true,
  body: true,
  at: true,
  author: { select: { id: true, name: true } },
} satisfies Prisma.MessageSelect

function fromRow({ id, author, body, at }: Prisma.MessageGetPayload<{ select: typeof row }>): Message {
  return { id, author, body, at: at.getTime() }
}
