import { outbound } from '#channels/outbound'
import { serve } from '#server/realtime/serve'
import { watchOutbound } from '#server/sockets/outbound/client-board'
import { closeClient, openClient, sendThrough } from '#server/sockets/outbound/operate'

export const serveOutbound = serve(outbound, {
  authorize: () => {},
  state: async () => ({}),
  enter: () => watchOutbound(),
  calls: {
    open: async ({ session }, input) => openClient(session.user, input),
    send: ({ session }, { id, text }) => sendThrough(session.user, id, text),
    close: async ({ session }, { id }) => closeClient(session.user, id),
  },
})
