import { container } from '#server/container'
import { refuse } from '#server/refusal'

export interface ChatRoom {
  key: string
  title: string
  topic: string
}

/** Public rooms, oldest first. */
export function listChatRooms(): Promise<ChatRoom[]> {
  return container().database.prisma.chatRoom.findMany({
    select: { key: true, title: true, topic: true },
    orderBy: [{ createdAt: 'asc' }, { key: 'asc' }],
  })
}

export function findChatRoom(key: string): Promise<ChatRoom | null> {
  return container().database.prisma.chatRoom.findUnique({
    where: { key },
    select: { key: true, title: true, topic: true },
  })
}

/** Refuses with `not-found`. */
export async function requireChatRoom(key: string): Promise<ChatRoom> {
  return (await findChatRoom(key)) ?? refuse('not-found', 'There is no such room.')
}

/** The rooms a new installation begins with; those that exist are left as they are. */
export async function createChatRooms(rooms: ChatRoom[]): Promise<void> {
  await container().database.prisma.chatRoom.createMany({ data: rooms, skipDuplicates: true })
}
