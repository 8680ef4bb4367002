import { defineEndpoint } from '#server/sockets/endpoint'

/** The example of the Mendix documentation, to the letter. */
export default defineEndpoint({
  endpoint: 'my-endpoint',
  description: 'Says "socket opened", answers "test message" with your name, and closes.',
  handler: {
    async onOpen(connection) {
      await connection.send('socket opened')
    },
    async onMessage(message, connection) {
      if (message !== 'test message') return
      await connection.send(`test response:${connection.user?.name}`)
      connection.close()
    },
  },
})
