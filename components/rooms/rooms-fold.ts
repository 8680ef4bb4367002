import type { Marker, RoomEntry, RoomsState, rooms } from '#channels/rooms'
import type { Fold } from '#components/realtime/fold'

const opened = (state: RoomsState, room: RoomEntry): RoomsState => ({
  ...state,
  rooms: [...state.rooms.filter(({ key }) => key !== room.key), room].sort(byKey),
})
const closed = (state: RoomsState, { key }: { key: string }): RoomsState => ({
  rooms: state.rooms.filter((room) => room.key !== key),
  markers: state.markers.filter((marker) => marker.key !== key),
})
const read = (state: RoomsState, marker: Marker): RoomsState => {
  const { number = 0 } = state.markers.find(({ key }) => key === marker.key) ?? {}
  if (marker.number <= number) return state
  return { ...state, markers: [...state.markers.filter(({ key }) => key !== marker.key), marker].sort(byKey) }
}

/** One of the two lists of rooms, and in one's own how far one has read. */
export const roomsFold: Fold<typeof rooms> = {
  pushes: { opened, closed, read },
  outputs: {
    read,
    direct: opened,
    // Asked for in one's own room; a public one belongs in the list of all.
    open: (state, room) => (room.kind === 'public' ? state : opened(state, room)),
  },
}

function byKey(one: { key: string }, other: { key: string }): number {
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0
}
