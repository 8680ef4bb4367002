import type { Frame, Transcoder } from '#server/sockets/transcoder'

/**
 * Messages are frames as they stand: text as a string, binary as bytes. What is neither goes out as JSON, as it does
 * from `text`: the socket service sends one message to sockets of every kind.
 */
export function frames(): Transcoder<Frame, Frame> {
  return {
    onInboundMessage: (frame) => frame,
    onOutboundMessage: (frame: unknown) =>
      typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : (JSON.stringify(frame) ?? null),
  }
}
frames.speaks = 'frames' as const
