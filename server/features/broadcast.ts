import { broadcasts, personRoom } from '#channels/broadcast'
import { acknowledge, dismiss, noteHad } from '#server/models/broadcast-receipt'
import { readBroadcasts } from '#server/models/broadcast-room'
import type { LiveSession } from '#server/models/session'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

export const serveBroadcast = serve(broadcasts, {
  authorize: ({ session: { user }, room }) => {
    const own = room === 'all' || room === user.role || room === personRoom(user.id)
    if (!own && !(user.role === 'admin' && room === 'desk')) refuse('forbidden', 'These broadcasts are for others.')
  },
  state: ({ room }) => readBroadcasts(room),
  calls: {
    dismiss: async ({ session, room }, { id }) => {
      requireOwn(session.user, room)
      await dismiss(session.user, id)
      return { id }
    },
    acknowledge: async ({ session, room }, { id }) => {
      requireOwn(session.user, room)
      await acknowledge(session.user, id)
      return { id }
    },
    had: async ({ session, room }, { ids, seen }) => {
      requireOwn(session.user, room)
      await noteHad(session.user, ids, seen)
      return {}
    },
  },
})

function requireOwn({ id }: LiveSession['user'], room: string): void {
  if (room !== personRoom(id)) refuse('forbidden', 'This is done in one’s own room.')
}
