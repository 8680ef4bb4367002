import { ownRooms, type RoomLists, type RoomsState, rooms } from '#channels/rooms'
import { container } from '#server/container'
import type { Prisma } from '#server/db/generated/client'
import type { LiveSession } from '#server/models/session'
import { firstPaint } from '#server/realtime/first-paint'
import { refuse } from '#server/refusal'
import { readableBy } from './chat-room'
import { fromRow, row } from './room-entry'

type Actor = LiveSession['user']

/** Refuses with `forbidden` for the list of another person. */
export function requireRoomList(actor: Actor, list: string): void {
  if (list !== 'all' && list !== ownRooms(actor.id)) refuse('forbidden', 'This list is someone else’s.')
}

/** A list of rooms, by key: the public ones, or those a person is a member of and how far they have read in any. */
export async function readRooms(actor: Actor, list: string): Promise<RoomsState> {
  requireRoomList(actor, list)
  const found = await container().database.prisma.chatRoom.findMany({
    where: listed(list, actor),
    select: row(actor.id),
  })
  return {
    rooms: found.map(fromRow).sort(byKey),
    markers: list === 'all' ? [] : await readMarkers(actor),
  }
}

/** Of rooms the person may read. */
async function readMarkers(actor: Actor): Promise<RoomsState['markers']> {
  const found = await container().database.prisma.chatMarker.findMany({
    where: { userId: actor.id, room: readableBy(actor.id) },
    select: { roomKey: true, number: true },
  })
  return found.map(({ roomKey, number }) => ({ key: roomKey, number })).sort(byKey)
}

/** By board and list, those under way: when a server has been started again, everyone comes back at once. */
const recounts = new WeakMap<object, Map<string, Promise<void>>>()

/**
 * Puts on the board of a list what it does not hold: a server that has just been started has counted nothing, and who
 * comes back to it brings the counts of before.
 */
export async function recountRooms(actor: Actor, list: string): Promise<void> {
  requireRoomList(actor, list)
  const { latest } = container()
  const underWay = recounts.get(latest) ?? new Map<string, Promise<void>>()
  recounts.set(latest, underWay)
  const recounted = underWay.get(list) ?? recount(actor, list).finally(() => underWay.delete(list))
  underWay.set(list, recounted)
  await recounted
}

async function recount(actor: Actor, list: string): Promise<void> {
  const { database, latest } = container()
  const found = await database.prisma.chatRoom.findMany({
    where: { ...listed(list, actor), lastNumber: { gt: 0 } },
    select: { key: true, lastNumber: true },
  })
  // In one turn with what follows: nothing is counted in between.
  const held = new Set(latest.read(rooms, list)?.map(({ key }) => key))
  for (const { key, lastNumber: last } of found) if (!held.has(key)) latest.put(rooms, list, 'counted', { key, last })
}

/** Both lists of a person for the first paint. */
export async function openRooms(actor: Actor): Promise<RoomLists> {
  const open = (list: string) => firstPaint(rooms, list, () => readRooms(actor, list))
  const [all, person] = await Promise.all([open('all'), open(ownRooms(actor.id))])
  return { all, person }
}

function listed(list: string, { id: userId }: Actor): Prisma.ChatRoomWhereInput {
  return list === 'all' ? { kind: 'public' } : { kind: { not: 'public' }, members: { some: { userId } } }
}

function byKey(one: { key: string }, other: { key: string }): number {
  return one.key < other.key ? -1 : 1
}
