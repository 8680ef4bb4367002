import { presence } from '#channels/presence'
import { container } from '#server/container'
import { type Served, serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

/** Serves the presence in the rooms of the given channels: each may be seen by those who may join the room itself. */
export function servePresence(channels: Served[]): Served {
  return serve(presence, {
    authorize: async ({ session, room }) => {
      const [name = ''] = room.split(':', 1)
      const served = channels.find(({ channel }) => channel.name === name)
      if (!served) refuse('not-found', 'There is no such room.')
      await served.authorize({ session, room: room.slice(name.length + 1) })
    },
    state: async () => ({}),
    enter: (context) => container().presence.enter(context),
    calls: {
      move: async (context, whereabouts) => {
        container().presence.move(context, whereabouts)
        return {}
      },
    },
  })
}
