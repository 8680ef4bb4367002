import { randomInt } from 'node:crypto'
import { defineEndpoint } from '#server/sockets/endpoint'
import { Exchange, type Quote } from '#server/sockets/exchange'
import type { SocketConnection } from '#server/sockets/socket-connection'

const exchange = new Exchange(randomInt(2 ** 31))
const listening = new Set<SocketConnection<string>>()
let stop: (() => void) | undefined

const frameOf = (quotes: Quote[]) => JSON.stringify({ quotes })

export default defineEndpoint({
  endpoint: 'exchange',
  description:
    'Quotes of fifty invented companies as JSON: all of them first, then those that move, four times a second.',
  authenticate: 'public',
  handler: {
    async onOpen(connection) {
      listening.add(connection)
      // Written out once for all who listen.
      stop ??= exchange.hear((quotes) => {
        const frame = frameOf(quotes)
        for (const one of listening) void one.send(frame)
      })
      await connection.send(frameOf(exchange.quotes))
    },
    onClose(_code, _reason, connection) {
      listening.delete(connection)
      if (listening.size > 0) return
      stop?.()
      stop = undefined
    },
  },
})
