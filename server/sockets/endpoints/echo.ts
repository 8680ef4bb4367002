import { defineEndpoint } from '#server/sockets/endpoint'
import { frames } from '#server/sockets/transcoders/frames'

export default defineEndpoint({
  endpoint: 'echo',
  description: 'Says what it is told, text and binary alike.',
  transcoder: frames,
  handler: {
    onMessage: async (frame, connection) => void (await connection.send(frame)),
  },
})
