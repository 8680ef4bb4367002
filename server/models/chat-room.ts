import { type ChatRoom, chatKey } from '#channels/chat'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']
type Client = Prisma.TransactionClient

/** The rooms a person may read: the public ones, and those they are a member of. */
export function readableBy(userId: string): Prisma.ChatRoomWhereInput {
  return { OR: [{ kind: 'public' }, { members: { some: { userId } } }] }
}

/** Refuses with `not-found` what is no key at all, before a database that cannot even store it is asked. */
export function requireChatKey(key: string): void {
  if (!chatKey.safeParse(key).success) refuse('not-found', 'There is no such room.')
}

/** The room, or null where there is none that this person may read: the two cannot be told apart. */
export async function findChatRoom(
  actor: Pick<Actor, 'id'>,
  key: string,
  client: Client = container().database.prisma,
): Promise<ChatRoom | null> {
  if (!chatKey.safeParse(key).success) return null
  return client.chatRoom.findFirst({ where: { key, ...readableBy(actor.id) }, select: row })
}

/** Refuses with `not-found`. */
export async function requireChatRoom(
  actor: Pick<Actor, 'id'>,
  key: string,
  client: Client = container().database.prisma,
): Promise<ChatRoom> {
  return (await findChatRoom(actor, key, client)) ?? refuse('not-found', 'There is no such room.')
}

/**
 * The same before something is written there: until the commit nobody can take the person out of the room, so that
 * nothing of theirs comes after their removal.
 */
export async function requireChatRoomToWrite(tx: Client, actor: Actor, key: string): Promise<ChatRoom> {
  requireChatKey(key)
  // A lock that only one who removes the row waits for; without a row it locks nothing, and the next line refuses.
  await tx.$queryRaw`SELECT 1 FROM chat_member WHERE room_key = ${key} AND user_id = ${actor.id}::uuid FOR SHARE`
  return requireChatRoom(actor, key, tx)
}

/** Holds the room until the commit: nobody else posts there meanwhile, or changes who is in it. Refuses what is no key. */
export async function lockChatRoom(tx: Client, key: string): Promise<void> {
  requireChatKey(key)
  await tx.$queryRaw`SELECT 1 FROM chat_room WHERE key = ${key} FOR NO KEY UPDATE`
}

const row = {
  key: true,
  kind: true,
  title: true,
  topic: true,
  owner: { select: { id: true, name: true } },
} satisfies Prisma.ChatRoomSelect
