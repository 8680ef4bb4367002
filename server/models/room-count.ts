import type { ChatKind } from '#channels/chat'
import { ownRooms, rooms } from '#channels/rooms'
import type { Transaction } from '#server/db/transaction'

interface Counted {
  key: string
  kind: ChatKind
  last: number
}

/** Tells the lists in which the room stands how many messages it has. */
export async function publishCount(tx: Transaction, { key, kind, last }: Counted): Promise<void> {
  for (const list of await listsOf(tx, { key, kind })) tx.publish(rooms, list, 'counted', { key, last })
}

/** The rooms of the channel `rooms` that list this room: that of all, or each member's own. */
export async function listsOf(tx: Transaction, { key, kind }: Omit<Counted, 'last'>): Promise<string[]> {
  if (kind === 'public') return ['all']
  const members = await tx.chatMember.findMany({ where: { roomKey: key }, select: { userId: true } })
  return members.map(({ userId }) => ownRooms(userId))
}
