import { z } from 'zod'
import { chat, editWithin, type Message, messageBody } from '#channels/chat'
import type { Prisma } from '#server/db/generated/client'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { requireChatRoomToWrite } from './chat-room'
import { takeBackMention, tellMentioned } from './message-mention'
import { fromRow, type MessageRow, row } from './message-row'

type Actor = LiveSession['user']

const edited = z.object({ id: z.uuid(), body: messageBody })
const named = edited.pick({ id: true })

/**
 * Gives a message another text. One's own within 15 minutes, an admin any in a room they may read; refuses with
 * `forbidden`, `not-found`, `invalid`, or `conflict` when it is deleted. The same text again changes nothing.
 */
export async function editMessage(actor: Actor, key: string, input: z.input<typeof edited>): Promise<Message> {
  const { id, body } = parseInput(edited, input)
  return change(actor, key, id, async (_, found) => {
    requireChangeable(actor, found)
    if (found.deletedAt) refuse('conflict', 'This message has been deleted.')
    return found.body === body ? undefined : { body, editedAt: new Date() }
  })
}

/** Takes the text and the reactions off a message, for good, also where it is quoted to those it named; refuses as `editMessage` does. Deleting again changes nothing. */
export async function deleteMessage(actor: Actor, key: string, input: z.input<typeof named>): Promise<Message> {
  const { id } = parseInput(named, input)
  return change(actor, key, id, async (tx, found) => {
    requireChangeable(actor, found)
    if (found.deletedAt) return undefined
    await tx.messageReaction.deleteMany({ where: { messageId: id } })
    // Or it would still be sent to everyone who returns from before.
    await tx.redact(chat, key, id, { body: '', reactions: [] })
    await takeBackMention(tx, id)
    return { body: '', deletedAt: new Date() }
  })
}

/** What `work` answers becomes the message's next version; with nothing it stays as it is. It may change its reactions itself. */
export async function change(
  actor: Actor,
  key: string,
  id: string,
  work: (tx: Transaction, found: MessageRow) => Promise<Prisma.MessageUpdateInput | undefined>,
): Promise<Message> {
  return transaction(async (tx) => {
    const room = await requireChatRoomToWrite(tx, actor, key)
    // One change after the other, each of what the one before has left.
    await tx.$queryRaw`SELECT 1 FROM message WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    const found = await tx.message.findUnique({ where: { id }, select: row })
    if (found?.roomKey !== key) refuse('not-found', 'There is no such message.')
    const data = await work(tx, found)
    if (!data) return fromRow(found)
    const next = { ...data, version: { increment: 1 } }
    const changed = fromRow(await tx.message.update({ where: { id }, data: next, select: row }))
    tx.publish(chat, key, 'changed', changed)
    if (data.body) await tellMentioned(tx, room, changed)
    return changed
  })
}

function requireChangeable(actor: Actor, { author, at }: MessageRow): void {
  if (actor.role === 'admin') return
  if (author.id !== actor.id) refuse('forbidden', 'This is someone else’s message.')
  if (Date.now() - at.getTime() > editWithin) {
    refuse('forbidden', `A message can be changed for ${editWithin / 60_000} minutes.`)
  }
}
