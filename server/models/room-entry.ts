import type { RoomEntry } from '#channels/rooms'
import type { Prisma } from '#server/db/generated/client'

const member = { select: { user: { select: { id: true, name: true } } } } satisfies Prisma.ChatRoom$membersArgs

/** What is read of a room for the list of this person: of its members, whom a direct room is with. */
export function row(userId: string) {
  return {
    key: true,
    kind: true,
    title: true,
    topic: true,
    lastNumber: true,
    members: { ...member, where: { userId: { not: userId }, room: { kind: 'direct' } } },
  } satisfies Prisma.ChatRoomSelect
}

/** A room as it stands in a person's list. */
export function fromRow(found: Prisma.ChatRoomGetPayload<{ select: ReturnType<typeof row> }>): RoomEntry {
  const { key, kind, title, topic, lastNumber, members } = found
  return { key, kind, title, topic, last: lastNumber, with: members[0]?.user ?? null }
}

export async function entryFor(client: Prisma.TransactionClient, userId: string, key: string): Promise<RoomEntry> {
  return fromRow(await client.chatRoom.findUniqueOrThrow({ where: { key }, select: row(userId) }))
}
