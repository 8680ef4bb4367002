import type { UserRef } from '#channels/user'
import type { OpenTranscoder } from '#server/sockets/transcoder'

/** How an outbound socket behaves; all may be left out. Times are in milliseconds. */
export interface OutboundOptions<In = unknown, Out = unknown> {
  /** By default messages are text. */
  transcoder?: OpenTranscoder<In, Out>
  /** Subprotocols to offer. */
  protocols?: string[]
  headers?: Record<string, string>
  /** The longest message taken, in bytes; by default what the setting `MESSAGE_BYTES` says. */
  maxMessageBytes?: number
  /** How many messages wait while the line is away, 100 by default; a further one is not taken. */
  queue?: number
  /** The first wait before another try, 500 by default, and the longest, 30,000. */
  backOff?: { first: number; longest: number }
  /** How often the other side is asked for a sign of life, 20,000 by default; one that gave none until the next time is cut off. */
  pingEvery?: number
  /** The person who opened it by hand (operate.ts); left out, it is the server's own. */
  openedBy?: UserRef
}

/** What holds where an option is left out. */
export const defaults = { queue: 100, backOff: { first: 500, longest: 30_000 }, pingEvery: 20_000 }
