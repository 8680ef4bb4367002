import { z } from 'zod'
import { defineEndpoint } from '#server/sockets/endpoint'
import { messagePack } from '#server/sockets/transcoders/message-pack'

export default defineEndpoint({
  endpoint: 'message-pack',
  description: 'Takes any value in MessagePack, and answers in MessagePack with the value and when it came.',
  transcoder: messagePack(z.unknown()),
  handler: {
    onMessage: async (value, connection) => void (await connection.send({ value, at: new Date().toISOString() })),
  },
})
