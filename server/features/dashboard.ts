import { dashboard, scope, simulatorRoom } from '#channels/dashboard'
import { container } from '#server/container'
import { paceSimulator, readSimulator, startSimulator, stopSimulator } from '#server/models/simulator'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

export const serveDashboard = serve(dashboard, {
  // Everyone who is signed in may look.
  authorize: () => {},
  state: async ({ room }) => ({ simulator: room === simulatorRoom ? await readSimulator() : null }),
  enter: ({ room }) => {
    const { success, data } = scope.safeParse(room)
    return success ? container().work.dashboard.enter(data) : () => {}
  },
  calls: {
    start: ({ session, room }, { speed }) => {
      requireSimulator(room)
      return startSimulator(session.user, speed)
    },
    pace: ({ session, room }, { speed }) => {
      requireSimulator(room)
      return paceSimulator(session.user, speed)
    },
    stop: ({ session, room }) => {
      requireSimulator(room)
      return stopSimulator(session.user)
    },
  },
})

function requireSimulator(room: string): void {
  if (room !== simulatorRoom) refuse('not-found', 'The simulator is operated in a room of its own.')
}
