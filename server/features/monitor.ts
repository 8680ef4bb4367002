import { figuresRoom, monitor } from '#channels/monitor'
import { container } from '#server/container'
import { findUser } from '#server/models/user-list'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'
import { endAllSockets, endSocket, listSockets, requireSight, sendMessage } from '#server/sockets/monitor/operate'

export const serveMonitor = serve(monitor, {
  authorize: async ({ session, room }) => {
    requireSight(session.user)
    if (room !== figuresRoom && !(await findUser(session.user, room))) refuse('not-found', 'There is no such person.')
  },
  state: async () => ({}),
  enter: ({ room }) => container().sockets.monitor.enter(room),
  calls: {
    list: ({ session }, query) => listSockets(session.user, query),
    send: ({ session }, input) => sendMessage(session.user, input),
    end: async ({ session }, { socket }) => {
      await endSocket(session.user, socket)
      return {}
    },
    endAll: ({ session }, { person }) => endAllSockets(session.user, person),
  },
})
