import { useCallback, useMemo } from 'react'
import { type NewRoom, ownRooms, type RoomEntry, type RoomLists, rooms, type SearchInput } from '#channels/rooms'
import type { UserRef } from '#channels/user'
import { useChannel } from '#components/realtime/use-channel'
import { listRooms } from './list-rooms'
import { roomsFold } from './rooms-fold'

/** The rooms this person can open, with how much in each is unread, and what one can do beside talking. */
export function useRooms(me: UserRef, initial: RoomLists) {
  const all = useChannel(rooms, 'all', { initial: initial.all, fold: roomsFold })
  const own = useChannel(rooms, ownRooms(me.id), { initial: initial.person, fold: roomsFold })
  const { room, status } = own

  const entries = useMemo(
    () =>
      listRooms({
        rooms: [...all.state.rooms, ...own.state.rooms],
        markers: own.state.markers,
        counted: [...Object.values(all.latest.counted), ...Object.values(own.latest.counted)],
      }),
    [all.state, own.state, all.latest, own.latest],
  )

  const asked = useCallback(() => {
    if (!room) throw new Error('The page has not come alive.')
    return room
  }, [room])
  return {
    entries,
    status: status === 'joined' ? all.status : status,
    read: useCallback(async (key: string, number: number) => asked().call('read', { key, number }), [asked]),
    open: useCallback(async (input: NewRoom): Promise<RoomEntry> => asked().call('open', input), [asked]),
    direct: useCallback(async (userId: string): Promise<RoomEntry> => asked().call('direct', { userId }), [asked]),
    search: useCallback(async (input: SearchInput) => asked().call('search', input), [asked]),
    people: useCallback(
      async (text: string): Promise<UserRef[]> => (await asked().call('people', { text })).people,
      [asked],
    ),
  }
}

export type Rooms = ReturnType<typeof useRooms>
