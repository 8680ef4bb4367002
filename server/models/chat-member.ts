import { z } from 'zod'
import { type ChatRoom, chat, mostMembers } from '#channels/chat'
import { presence, presenceRoom } from '#channels/presence'
import { ownRooms, rooms } from '#channels/rooms'
import type { UserRef } from '#channels/user'
import { container } from '#server/container'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { notify } from '#server/models/notification'
import type { LiveSession } from '#server/models/session'
import { recheckRoom } from '#server/realtime/person'
import { refuse } from '#server/refusal'
import { requirePerson } from './chat-people'
import { lockChatRoom, requireChatRoom } from './chat-room'
import { entryFor } from './room-entry'

type Actor = LiveSession['user']

const named = z.object({ userId: z.uuid() })
type Named = z.input<typeof named>

/**
 * Lets a person into a private room, on their open screens too. Its owner alone, else `forbidden`; refuses with
 * `not-found`, or with `conflict` in a room that is not private or is full. Who is there already stays.
 */
export async function addMember(actor: Actor, key: string, input: Named): Promise<{ user: UserRef }> {
  const { userId } = parseInput(named, input)
  return transaction(async (tx) => {
    const room = await requirePrivate(tx, actor, key)
    if (room.owner?.id !== actor.id) refuse('forbidden', 'Only the owner of a room lets people in.')
    const user = await requirePerson(tx, userId)
    if ((await tx.chatMember.count({ where: { roomKey: key, userId: { not: userId } } })) >= mostMembers) {
      refuse('conflict', `A private room has at most ${mostMembers} people.`)
    }
    const { count } = await tx.chatMember.createMany({ data: [{ roomKey: key, userId }], skipDuplicates: true })
    if (count === 0) return { user }
    tx.publish(chat, key, 'memberAdded', { user })
    const entry = await entryFor(tx, userId, key)
    tx.publish(rooms, ownRooms(userId), 'opened', entry)
    if (entry.last > 0) tx.publish(rooms, ownRooms(userId), 'counted', { key, last: entry.last })
    await notify(tx, {
      userIds: [userId],
      kind: 'invitation',
      about: `invitation/${key}/${Date.now()}`,
      title: `${actor.name} let you into ${room.title}`,
      body: room.topic,
      href: `/chat/${key}`,
    })
    tx.afterCommit(() => recheck(key, userId))
    return { user }
  })
}

/**
 * Takes a person out of a private room: their open screens leave it in the turn of the commit. Its owner anyone, and
 * everyone themselves, else `forbidden`; `conflict` for the owner while others are there, and in a room that is not private.
 */
export async function removeMember(actor: Actor, key: string, input: Named): Promise<{ user: UserRef }> {
  const { userId } = parseInput(named, input)
  return transaction(async (tx) => {
    const room = await requirePrivate(tx, actor, key)
    const isOwner = room.owner?.id === actor.id
    if (!isOwner && userId !== actor.id) refuse('forbidden', 'Only the owner of a room takes people out of it.')
    const user = await tx.user.findUnique({ where: { id: userId }, select: { id: true, name: true } })
    if (!user) refuse('not-found', 'There is no such person.')
    if (isOwner && userId === actor.id) await requireAlone(tx, key, userId)
    const { count } = await tx.chatMember.deleteMany({ where: { roomKey: key, userId } })
    if (count === 0) return { user }
    await tx.chatMarker.deleteMany({ where: { roomKey: key, userId } })
    tx.publish(chat, key, 'memberRemoved', { user })
    tx.publish(rooms, ownRooms(userId), 'closed', { key })
    tx.afterCommit(() => {
      recheck(key, userId)
      container().latest.withdraw(rooms, ownRooms(userId), 'counted', key)
    })
    return { user }
  })
}

/** Refuses with `not-found` where this person may not be, and with `conflict` in a room that has no members to choose. */
async function requirePrivate(tx: Transaction, actor: Actor, key: string): Promise<ChatRoom> {
  // Nobody posts meanwhile, so that what is posted later finds the members of now.
  await lockChatRoom(tx, key)
  const room = await requireChatRoom(actor, key, tx)
  if (room.kind !== 'private') refuse('conflict', 'Only private rooms have members to choose.')
  return room
}

async function requireAlone(tx: Transaction, roomKey: string, userId: string): Promise<void> {
  const others = await tx.chatMember.count({ where: { roomKey, userId: { not: userId } } })
  if (others > 0) refuse('conflict', 'The owner leaves last. Take the others out of the room first.')
}

/** The room itself, and who is in it just now. */
function recheck(key: string, userId: string): void {
  recheckRoom(chat, key, userId)
  recheckRoom(presence, presenceRoom(chat, key), userId)
}
