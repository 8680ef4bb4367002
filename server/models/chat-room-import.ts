import type { ChatRoom } from '#channels/chat'
import { container } from '#server/container'

interface FirstRoom extends Pick<ChatRoom, 'key' | 'title' | 'topic'> {
  kind?: ChatRoom['kind']
  /** By name, the owner of a private room first. */
  members?: string[]
}

/** The rooms a new installation begins with, before anyone can have joined them; those that exist are left as they are. */
export async function createChatRooms(rooms: FirstRoom[]): Promise<void> {
  const { chatRoom, chatMember } = container().database.prisma
  const ids = await idsOf(rooms.flatMap(({ members = [] }) => members))
  const created = await chatRoom.createManyAndReturn({
    data: rooms.map(({ members = [], ...room }) => ({
      ...room,
      ownerId: room.kind === 'private' ? ids.get(members[0] ?? '') : null,
    })),
    skipDuplicates: true,
    select: { key: true },
  })
  const keys = new Set(created.map(({ key }) => key))
  const members = rooms
    .filter(({ key }) => keys.has(key))
    .flatMap(({ key, members = [] }) =>
      members.flatMap((name) => {
        const userId = ids.get(name)
        return userId ? [{ roomKey: key, userId }] : []
      }),
    )
  if (members.length > 0) await chatMember.createMany({ data: members })
}

async function idsOf(names: string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const { user } = container().database.prisma
  const people = await user.findMany({ where: { name: { in: names } }, select: { id: true, name: true } })
  return new Map(people.map(({ id, name }) => [name, id]))
}
