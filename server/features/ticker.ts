import { ticker, tickerRoom } from '#channels/ticker'
import { container } from '#server/container'
import { serve } from '#server/realtime/serve'
import { startExchange, stopExchange } from '#server/sockets/ticker/operate'

export const serveTicker = serve(ticker, {
  authorize: () => {},
  state: async ({ room }) => ({ history: container().sockets.ticker.history(tickerRoom.parse(room)) }),
  enter: ({ room }) => container().sockets.ticker.enter(tickerRoom.parse(room)),
  calls: {
    stop: async ({ session }, { how }) => {
      stopExchange(session.user, how)
      return {}
    },
    start: async ({ session }) => {
      startExchange(session.user)
      return {}
    },
  },
})
