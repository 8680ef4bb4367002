import { defineEndpoint } from '#server/sockets/endpoint'
import type { Frame } from '#server/sockets/transcoder'

export default defineEndpoint({
  endpoint: 'echo',
  description: 'Says what it is told, text and binary alike.',
  transcoder: () => ({
    onInboundMessage: (frame: Frame) => frame,
    onOutboundMessage: (frame: Frame) => frame,
  }),
  handler: {
    onMessage: async (frame, connection) => void (await connection.send(frame)),
  },
})
