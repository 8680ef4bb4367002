import { type Marker, marker, ownRooms, rooms } from '#channels/rooms'
import { transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { requireChatRoomToWrite } from './chat-room'

/**
 * Raises how far a person has read in a room, on all their screens, and answers how far that is now: no marker goes
 * down, nor past the last message. Refuses with `not-found`, or with `conflict` in an empty room.
 */
export async function raiseMarker(actor: LiveSession['user'], input: Marker): Promise<Marker> {
  const { key, number } = parseInput(marker, input)
  return transaction(async (tx) => {
    await requireChatRoomToWrite(tx, actor, key)
    const raised = await tx.$queryRaw<{ number: number }[]>`
      INSERT INTO chat_marker AS held (room_key, user_id, number, at)
      SELECT key, ${actor.id}::uuid, least(${number}::int, last_number), now() FROM chat_room WHERE key = ${key} AND last_number > 0
      ON CONFLICT (user_id, room_key) DO UPDATE SET number = excluded.number, at = excluded.at WHERE held.number < excluded.number
      RETURNING number`
    const [first] = raised
    if (first) tx.publish(rooms, ownRooms(actor.id), 'read', { key, number: first.number })
    const place = { userId_roomKey: { userId: actor.id, roomKey: key } }
    const held = first ?? (await tx.chatMarker.findUnique({ where: place, select: { number: true } }))
    return held ? { key, number: held.number } : refuse('conflict', 'There is nothing to read here yet.')
  })
}
