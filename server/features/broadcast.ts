import { broadcasts, personRoom } from '#channels/broadcast'
import { dismiss, readBroadcasts } from '#server/models/broadcast'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

export const serveBroadcast = serve(broadcasts, {
  authorize: ({ session: { user }, room }) => {
    const open =
      room === 'all' ||
      room === user.role ||
      room === personRoom(user.id) ||
      (user.role === 'admin' && room === 'member')
    if (!open) refuse('forbidden', 'These broadcasts are for others.')
  },
  state: ({ room }) => readBroadcasts(room),
  calls: {
    dismiss: async ({ session, room }, { id }) => {
      if (room !== personRoom(session.user.id)) refuse('forbidden', 'A broadcast is dismissed in one’s own room.')
      await dismiss(session.user, id)
      return { id }
    },
  },
})
