import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type NewRoom, newRoom, ownRooms, type RoomEntry, rooms } from '#channels/rooms'
import { type Transaction, transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'
import { requirePerson } from './chat-people'
import { entryFor } from './room-entry'

type Actor = LiveSession['user']

/** The most rooms one person owns. */
const mostOwned = 50
/** Begin the keys of rooms whose key says nothing, so that no title makes one of them. */
const [privatePrefix, directPrefix] = ['private-', 'direct-']

/**
 * Opens a room, which the person owns; a private one has them as its first member. Refuses with `invalid`, or with
 * `conflict` when they own 50.
 */
export async function openRoom(actor: Actor, input: NewRoom): Promise<RoomEntry> {
  const { title, topic, private: closed } = parseInput(newRoom, input)
  return transaction(async (tx) => {
    // One room after the other: each finds the ones before it counted, and their keys taken.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('switchboard/chat-room'))::text`
    if ((await tx.chatRoom.count({ where: { ownerId: actor.id } })) >= mostOwned) {
      refuse('conflict', `One person opens at most ${mostOwned} rooms.`)
    }
    const key = closed ? `${privatePrefix}${randomBytes(8).toString('hex')}` : await freeKey(tx, title)
    await tx.chatRoom.create({
      data: { key, kind: closed ? 'private' : 'public', title, topic, ownerId: actor.id },
    })
    if (closed) await tx.chatMember.create({ data: { roomKey: key, userId: actor.id } })
    const entry = await entryFor(tx, actor.id, key)
    tx.publish(rooms, closed ? ownRooms(actor.id) : 'all', 'opened', entry)
    return entry
  })
}

/** The title in small letters and digits; with a number behind it where that is taken. */
async function freeKey(tx: Transaction, title: string): Promise<string> {
  const wanted = keyOf(title)
  const taken = await tx.chatRoom.findMany({ where: { key: { startsWith: wanted } }, select: { key: true } })
  const keys = new Set(taken.map(({ key }) => key))
  let key = wanted
  for (let nth = 2; keys.has(key); nth++) key = `${wanted}-${nth}`
  return key
}

function keyOf(title: string): string {
  // There and back: a letter such as ß has two of which the alphabet knows.
  const letters = title
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
  const words = letters
    .match(/[a-z0-9]+/g)
    ?.join('-')
    .slice(0, 40)
    .replace(/-$/, '')
  if (!words) return 'room'
  const reserved = [privatePrefix, directPrefix].some((prefix) => `${words}-`.startsWith(prefix))
  return reserved ? `room-${words}` : words
}

const named = z.object({ userId: z.uuid() })

/**
 * The room between two people, whichever of them asks; opens it where there is none. Refuses with `invalid` for
 * oneself, and with `not-found` for a person there is not or whose account is disabled.
 */
export async function openDirect(actor: Actor, input: z.input<typeof named>): Promise<RoomEntry> {
  const { userId } = parseInput(named, input)
  if (userId === actor.id) refuse('invalid', 'Choose someone else to write to.')
  const key = directKey(actor.id, userId)
  return transaction(async (tx) => {
    await requirePerson(tx, userId)
    // Of two who ask at once one waits here for the other, and finds the room.
    const { count } = await tx.chatRoom.createMany({
      data: [{ key, kind: 'direct', title: '', topic: '' }],
      skipDuplicates: true,
    })
    if (count === 0) return entryFor(tx, actor.id, key)
    const both = [actor.id, userId]
    await tx.chatMember.createMany({ data: both.map((one) => ({ roomKey: key, userId: one })) })
    for (const one of both) tx.publish(rooms, ownRooms(one), 'opened', await entryFor(tx, one, key))
    return entryFor(tx, actor.id, key)
  })
}

/** The key of the room between two people, by their ids, in whichever order. */
export function directKey(...people: [string, string]): string {
  return `${directPrefix}${createHash('sha256').update(people.sort().join(' ')).digest('hex').slice(0, 32)}`
}
