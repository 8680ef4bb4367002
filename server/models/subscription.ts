import { type GenericMessage, genericMessage, messages, type Subscription } from '#channels/message'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'

/** What a subscription holds before anything was sent: nobody has set any field. */
const blank: GenericMessage = {
  text1: null,
  text2: null,
  text3: null,
  progress: null,
  busy: null,
  value: null,
  datetime: null,
  body: null,
}

/**
 * Finds a subscription or creates it, for one person or, with null, for everyone who is signed in; for the first
 * paint of the page that shows it. Refuses with `invalid` an id that is none, and with `conflict` one that is
 * another owner's: whoever sends to it must be able to rely on who reads it.
 */
export async function openSubscription(id: string, userId: string | null): Promise<Subscription> {
  parseInput(messages.room, id)
  const { prisma } = container().database
  await prisma.subscription.createMany({ data: [{ id, userId }], skipDuplicates: true })
  const found = await prisma.subscription.findUniqueOrThrow({ where: { id }, select: { userId: true } })
  if (found.userId !== userId) refuse('conflict', 'This subscription belongs to somebody else.')
  return firstPaint(messages, id, () => readSubscription(id))
}

/**
 * Changes the named fields of a subscription's message and sends it, whole, to all who show it: the one call of the
 * generic channel, for any code of the server. Refuses with `not-found` or `invalid`.
 */
export async function sendMessage(id: string, fields: Partial<GenericMessage>): Promise<GenericMessage> {
  parseInput(messages.room, id)
  const named = JSON.stringify(parseInput(genericMessage.partial(), fields))
  return transaction(async (tx) => {
    // In one statement, so that two who name different fields at once both see theirs sent.
    const [changed] = await tx.$queryRaw<{ message: GenericMessage }[]>`
      UPDATE subscription SET message = COALESCE(message, ${JSON.stringify(blank)}::jsonb) || ${named}::jsonb
      WHERE id = ${id} RETURNING message`
    if (!changed) refuse('not-found', 'There is no such subscription.')
    tx.publish(messages, id, 'sent', changed.message)
    return changed.message
  })
}

/** Whether a person may read it: their own, or one that is everyone's. Refuses with `not-found`, lest ids be tried out. */
export async function requireSubscription(actor: LiveSession['user'], id: string): Promise<void> {
  const found = await container().database.prisma.subscription.count({
    where: { id, OR: [{ userId: actor.id }, { userId: null }] },
  })
  if (found === 0) refuse('not-found', 'There is no such subscription.')
}

/** The last message sent, for those who may read it. */
export async function readSubscription(id: string): Promise<Subscription['state']> {
  const found = await container().database.prisma.subscription.findUniqueOrThrow({
    where: { id },
    select: { message: true },
  })
  return messages.state.parse(found)
}
