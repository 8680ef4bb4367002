import type { EndReason } from '#channels/wire'
import type { LiveApiKey } from '#server/models/api-key'
import type { LiveSession } from '#server/models/session'
import type { Attributes } from './attributes'

/** The tenant all sockets belong to: one installation serves one. Open-Xchange, whose term it is, serves many. */
export const context = 'default'

/**
 * An open socket, as handlers, listeners and the socket service see it: one of a raw endpoint, or one of Socket.IO.
 * `session` and `user` are there when a session opened it, `apiKey` when a key did, none when anyone may; they are
 * as they are now, whatever changed since.
 */
export interface SocketConnection<Out = unknown> {
  /** Unlike any other on any node. */
  readonly id: string
  readonly session: LiveSession | null
  readonly user: LiveSession['user'] | null
  readonly apiKey: LiveApiKey | null
  readonly context: string
  /** `/ws/<endpoint>` or `/socket.io`: as declared here, never as a client wrote it. */
  readonly path: string
  /** Of the address it was opened with, without the CSRF token. */
  readonly query: Readonly<URLSearchParams>
  readonly remoteAddress: string
  /** Milliseconds since 1970. */
  readonly openedAt: number
  readonly attributes: Attributes
  /** How many bytes wait to be sent. */
  readonly bufferedAmount: number
  /**
   * Resolves with true once the line has taken the message, and with false when it never will: the socket is
   * closing, or the transcoder dropped it. Never rejects. Messages leave in the order they were sent.
   */
  send(message: Out): Promise<boolean>
  /** By default with 1000. Throws a RangeError for a code that may not be sent. What waits to be handled is dropped. */
  close(code?: number, reason?: string): void
  /** Closes it for one of the wire's reasons, and says so; whoever opened it is not to come back by itself. */
  end(reason: EndReason): void
}
