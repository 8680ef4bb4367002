import { Attribute } from '#server/sockets/attributes'
import { defineEndpoint } from '#server/sockets/endpoint'

const ticking = new Attribute<NodeJS.Timeout>('ticking')

const now = () => new Date().toISOString()

export default defineEndpoint({
  endpoint: 'time',
  description: 'Says what time it is on the server, every second and whenever it is asked.',
  authenticate: 'public',
  handler: {
    async onOpen(connection) {
      connection.attributes.set(ticking, setInterval(() => void connection.send(now()), 1_000).unref())
      await connection.send(now())
    },
    onMessage: async (_, connection) => void (await connection.send(now())),
    onClose: (_code, _reason, connection) => clearInterval(connection.attributes.get(ticking)),
  },
})
