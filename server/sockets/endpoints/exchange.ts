import { randomInt } from 'node:crypto'
import { container } from '#server/container'
import { closeCode } from '#server/sockets/close-code'
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
    'Quotes of fifty invented companies as JSON: all of them first, then those that move, fifty times a second.',
  authenticate: 'public',
  handler: {
    async onOpen(connection) {
      // For the ticker, which shows what becomes of an exchange that has died (server/sockets/ticker).
      const { exchangeSwitch } = container().sockets.ticker
      if (exchangeSwitch.position === 'closed') return connection.close(closeCode.tryLater, 'stopped')
      listening.add(connection)
      // Written out once for all who listen.
      stop ??= exchange.hear((quotes) => {
        if (quotes.length === 0 || container().sockets.ticker.exchangeSwitch.position !== 'on') return
        const frame = frameOf(quotes)
        for (const one of listening) void one.send(frame)
      })
      if (exchangeSwitch.position === 'on') await connection.send(frameOf(exchange.quotes))
    },
    onClose(_code, _reason, connection) {
      listening.delete(connection)
      if (listening.size > 0) return
      stop?.()
      stop = undefined
    },
  },
})
