import type { z } from 'zod'
import {
  type ChatState,
  chat,
  type Message,
  type MessagePage,
  type MessageRange,
  messageRange,
  type NewMessage,
  newMessage,
  pageLength,
} from '#channels/chat'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'
import { requireChatKey, requireChatRoom } from './chat-room'
import { type Place, tellMentioned } from './message-mention'
import { fromRow, row } from './message-row'
import { publishCount } from './room-count'

type Actor = LiveSession['user']
type Parsed = z.output<typeof newMessage>

/**
 * Stores and publishes a message. Sending it again with the same id changes nothing and returns the
 * stored one, so a client whose answer was lost may simply repeat itself.
 */
export async function postMessage(actor: Actor, key: string, input: NewMessage): Promise<Message> {
  const { id, body, replyTo } = parseInput(newMessage, input)
  return transaction(async (tx) => {
    const { number, ...room } = await takeNumber(tx, actor, key)
    const at = new Date()
    const { count } = await tx.message.createMany({
      data: [{ id, roomKey: key, number, authorId: actor.id, body, replyTo, at }],
      skipDuplicates: true,
    })
    if (count === 0) {
      await tx.chatRoom.update({ where: { key }, data: { lastNumber: { decrement: 1 } } })
      return storedMessage(tx, actor, key, { id, body, replyTo })
    }
    if (replyTo !== null) await requireAnswerable(tx, key, replyTo, number)
    const posted: Message = {
      id,
      number,
      version: 0,
      author: { id: actor.id, name: actor.name },
      body,
      at: at.getTime(),
      replyTo,
      editedAt: null,
      deletedAt: null,
      reactions: [],
    }
    tx.publish(chat, key, 'posted', posted)
    await publishCount(tx, { ...room, last: number })
    await tellMentioned(tx, room, posted)
    return posted
  })
}

type Taken = Place & { number: number }

/** Holds the room until the commit, so that numbers and times go up together; refuses with `not-found`. */
async function takeNumber(tx: Transaction, actor: Actor, key: string): Promise<Taken> {
  requireChatKey(key)
  const [taken] = await tx.$queryRaw<Taken[]>`
    UPDATE chat_room SET last_number = last_number + 1
    WHERE key = ${key} AND (kind = 'public' OR EXISTS (
      SELECT FROM chat_member WHERE room_key = key AND user_id = ${actor.id}::uuid
    ))
    RETURNING last_number AS number, key, kind::text, title`
  // Once more where it matters: who was a member when this asked may be none since it has the room.
  if (taken?.kind !== 'public') await requireChatRoom(actor, key, tx)
  return taken ?? refuse('not-found', 'There is no such room.')
}

/** What was sent before may have been changed since by its author on another screen, or deleted: it is the same message. */
async function storedMessage(tx: Transaction, actor: Actor, key: string, sent: Parsed): Promise<Message> {
  const stored = await tx.message.findUnique({ where: { id: sent.id }, select: row })
  const own = stored?.roomKey === key && stored.author.id === actor.id && stored.replyTo === sent.replyTo
  const same = own && (stored.editedAt !== null || stored.deletedAt !== null || stored.body === sent.body)
  if (!same) refuse('conflict', 'Another message has this id.')
  return fromRow(stored)
}

async function requireAnswerable(tx: Transaction, roomKey: string, replyTo: number, number: number): Promise<void> {
  const answered =
    replyTo < number && (await tx.message.findUnique({ where: { roomKey_number: { roomKey, number: replyTo } } }))
  if (!answered) refuse('invalid', 'There is no such message to answer.')
  if (answered.deletedAt) refuse('conflict', 'The message you answer has been deleted.')
}

/** The messages from one number to another, both included; refuses with `invalid` for more than 100, or `not-found`. */
export async function readPage(actor: Actor, key: string, range: MessageRange): Promise<MessagePage> {
  const { from, to } = parseInput(messageRange, range)
  await requireChatRoom(actor, key)
  return { messages: await readMessages(key, from, to) }
}

/** What a member of the room begins with; refuses with `not-found`. */
export async function readChat(actor: Actor, key: string): Promise<ChatState> {
  const room = await requireChatRoom(actor, key)
  const { lastNumber, members } = await container().database.prisma.chatRoom.findUniqueOrThrow({
    where: { key },
    select: { lastNumber: true, members: { select: { user: { select: { id: true, name: true } } } } },
  })
  return {
    room,
    members: members.map(({ user }) => user).sort((one, other) => (one.name < other.name ? -1 : 1)),
    messages: await readMessages(key, lastNumber - pageLength.state + 1, lastNumber),
    last: lastNumber,
  }
}

async function readMessages(roomKey: string, from: number, to: number): Promise<Message[]> {
  const found = await container().database.prisma.message.findMany({
    where: { roomKey, number: { gte: from, lte: to } },
    orderBy: { number: 'asc' },
    select: row,
  })
  return found.map(fromRow)
}

/** A room for the first paint of its page; refuses with `not-found`. */
export async function openChat(actor: Actor, key: string): Promise<FirstPaint<ChatState>> {
  requireChatKey(key)
  return firstPaint(chat, key, () => readChat(actor, key))
}
