import { ownRooms, rooms } from '#channels/rooms'
import { raiseMarker } from '#server/models/chat-marker'
import { findPeople } from '#server/models/chat-people'
import { searchMessages } from '#server/models/message-search'
import { readRooms, recountRooms, requireRoomList } from '#server/models/room-list'
import { openDirect, openRoom } from '#server/models/room-open'
import { type RoomContext, serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

export const serveRooms = serve(rooms, {
  authorize: async ({ session, room }) => {
    requireRoomList(session.user, room)
    // Before the join is answered: with a position it brings no state, and the counts may be of before a restart.
    await recountRooms(session.user, room)
  },
  state: ({ session, room }) => readRooms(session.user, room),
  calls: {
    read: (context, input) => raiseMarker(own(context), input),
    open: (context, input) => openRoom(own(context), input),
    direct: (context, input) => openDirect(own(context), input),
    search: (context, input) => searchMessages(own(context), input),
    people: (context, input) => findPeople(own(context), input),
  },
})

function own({ session, room }: RoomContext): RoomContext['session']['user'] {
  if (room !== ownRooms(session.user.id)) refuse('forbidden', 'This is asked in one’s own room.')
  return session.user
}
