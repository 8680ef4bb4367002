import { z } from 'zod'
import { emoji, type Message } from '#channels/chat'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { change } from './message-change'

const reacted = z.object({ id: z.uuid(), emoji, on: z.boolean() })

/**
 * Puts a person's emoji to a message, or takes it back; doing it again changes nothing. Refuses with `not-found`,
 * `invalid` for an emoji that is not offered, or `conflict` when the message is deleted.
 */
export async function react(actor: LiveSession['user'], key: string, input: z.input<typeof reacted>): Promise<Message> {
  const { id, emoji, on } = parseInput(reacted, input)
  return change(actor, key, id, async (tx, found) => {
    if (found.deletedAt) refuse('conflict', 'This message has been deleted.')
    const own = { messageId: id, userId: actor.id, emoji }
    const { count } = on
      ? await tx.messageReaction.createMany({ data: [{ ...own, at: new Date() }], skipDuplicates: true })
      : await tx.messageReaction.deleteMany({ where: own })
    return count > 0 ? {} : undefined
  })
}
