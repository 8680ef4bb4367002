import type { ChatKind } from '#channels/chat'
import type { Marker, RoomEntry } from '#channels/rooms'
import { roomName } from '#components/chat/room-name.ts'

/** A room as the list shows it. */
export interface ListedRoom extends RoomEntry {
  name: string
  /** The number of the message up to which one has read. */
  read: number
  unread: number
}

interface Known {
  rooms: RoomEntry[]
  markers: Marker[]
  counted: Pick<RoomEntry, 'key' | 'last'>[]
}

/** By name, each with the largest number that was told of it. */
export function listRooms({ rooms, markers, counted }: Known): ListedRoom[] {
  const marked = new Map(markers.map(({ key, number }) => [key, number]))
  const counts = new Map<string, number>()
  for (const { key, last } of counted) counts.set(key, Math.max(last, counts.get(key) ?? 0))
  return rooms
    .map((room) => {
      const read = marked.get(room.key) ?? 0
      const last = Math.max(room.last, counts.get(room.key) ?? 0)
      return { ...room, name: roomName(room), last, read, unread: Math.max(0, last - read) }
    })
    .sort((one, other) => one.name.localeCompare(other.name, 'en') || (one.key < other.key ? -1 : 1))
}

export const groupTitles: Record<ChatKind, string> = {
  public: 'Rooms',
  private: 'Private',
  direct: 'Direct messages',
}
