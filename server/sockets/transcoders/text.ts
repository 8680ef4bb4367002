import { type Transcoder, UnsupportedFrame } from '#server/sockets/transcoder'

/**
 * Messages are text, as they stand; a binary frame is refused with 1003. What is not text goes out as JSON, so
 * that the socket service may send the same message to sockets of every kind.
 */
export function text(): Transcoder<string> {
  return {
    onInboundMessage(frame) {
      if (typeof frame !== 'string') throw new UnsupportedFrame('This endpoint takes text.')
      return frame
    },
    onOutboundMessage: (message) => (typeof message === 'string' ? message : (JSON.stringify(message) ?? null)),
  }
}
text.speaks = 'text' as const
