import type { RawData } from 'ws'
import type { Format } from '#channels/endpoint'

/** What one message is on the line: text as a string, binary as bytes. */
export type Frame = string | Buffer

/** A message as `ws` gives it. */
export function toFrame(data: RawData, isBinary: boolean): Frame {
  // The other two shapes are those of a `binaryType` that nobody has set.
  if (!Buffer.isBuffer(data)) throw new TypeError('A message came in another shape than asked for.')
  return isBinary ? data : data.toString()
}

/** The line under a transcoder, for one that has something to say by itself. */
export interface Line {
  /** Does nothing once the socket is closing. */
  write(frame: Frame): void
  close(code: number, reason: string): void
}

/**
 * Stands between the line and a handler: every message passes through it in both directions, in order, however
 * long it takes. `null` drops the message. What it throws inbound counts as malformed and closes the socket with
 * 1007, an `UnsupportedFrame` with 1003; outbound it is our own mistake, and closes it with 1011.
 * (Open-Xchange's `MessageTranscoder`, with the same two names.)
 */
export interface Transcoder<In = unknown, Out = unknown> {
  onInboundMessage(frame: Frame): In | null | Promise<In | null>
  onOutboundMessage(message: Out): Frame | null | Promise<Frame | null>
  /** This side is about to close the socket, with this code: a last frame to send, if there is something to say. */
  onClosing?(code: number): Frame | null
  /** The socket has closed: nothing more will be asked of it. */
  onClose?(): void
}

/** Called once for each socket, so that a transcoder may remember what came before. */
export interface OpenTranscoder<In = unknown, Out = unknown> {
  (line: Line): Transcoder<In, Out>
  /** By what name people know the format it speaks; one without has none that others would know. */
  readonly speaks?: Format
}

/** By name, not by `instanceof`: Next holds other copies of this class than the server does. */
export function isUnsupported(error: unknown): boolean {
  return error instanceof Error && error.name === 'UnsupportedFrame'
}

/** Thrown inbound for a kind of frame the transcoder does not take: text or binary. */
export class UnsupportedFrame extends Error {
  override readonly name = 'UnsupportedFrame'
}
