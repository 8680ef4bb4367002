import type { z } from 'zod'
import { type OpenTranscoder, UnsupportedFrame } from '#server/sockets/transcoder'

/**
 * Messages are JSON: those that come in are what `schema` makes of them, and one that it refuses closes the socket
 * with 1007. Those that go out may be anything JSON can say.
 */
export function json<Schema extends z.ZodType>(schema: Schema): OpenTranscoder<z.output<Schema>> {
  const open: OpenTranscoder<z.output<Schema>> = () => ({
    onInboundMessage(frame) {
      if (typeof frame !== 'string') throw new UnsupportedFrame('This endpoint takes JSON as text.')
      return schema.parse(JSON.parse(frame))
    },
    onOutboundMessage: (message) => JSON.stringify(message) ?? null,
  })
  return Object.assign(open, { speaks: 'json' as const })
}
