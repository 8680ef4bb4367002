import { z } from 'zod'
import { type Handler, isHandler } from './handler'
import type { SocketConnection } from './socket-connection'
import type { OpenTranscoder } from './transcoder'

/**
 * A plain WebSocket endpoint, served at `/ws/<endpoint>`. A file in `server/sockets/endpoints` whose default export
 * this is is found at the start (Dirigible's `.websocket` file: handler, endpoint, description).
 */
export interface Endpoint<In = unknown, Out = unknown> {
  /** What follows `/ws/`: see endpoint-name.ts for what it may be. */
  endpoint: string
  /** One sentence for people. */
  description: string
  handler: Handler<SocketConnection<Out>, In>
  /**
   * Who may open it. `session`, the default: people who are signed in, from a page of ours. `api-key`: programs with
   * a key that has the scope. `public`: anyone, without being told apart.
   */
  authenticate?: Authentication
  /** The scope an API key needs here; by default the endpoint's own name. */
  scope?: string
  /** By default messages are text. */
  transcoder?: OpenTranscoder<In, Out>
  /** The longest message taken, in bytes; by default what the setting `MESSAGE_BYTES` says. A longer one closes with 1009. */
  maxMessageBytes?: number
}

export type Authentication = 'session' | 'api-key' | 'public'

/** Gives the handler the types of the endpoint's transcoder: text where there is none. */
export function defineEndpoint(endpoint: Endpoint<string, string> & { transcoder?: undefined }): Endpoint
export function defineEndpoint<In, Out>(endpoint: Endpoint<In, Out> & { transcoder: OpenTranscoder<In, Out> }): Endpoint
export function defineEndpoint(endpoint: Endpoint): Endpoint {
  return endpoint
}

/** Strict, because a misspelt `authenticate` would fall back to its default. */
const declaration = z.strictObject({
  endpoint: z.string(),
  description: z.string().min(1),
  handler: z.custom<Endpoint['handler']>(isHandler, 'not an object whose callbacks are functions'),
  authenticate: z.enum(['session', 'api-key', 'public']).optional(),
  scope: z.string().min(1).optional(),
  transcoder: z.custom<OpenTranscoder>((value) => typeof value === 'function', 'not a function').optional(),
  maxMessageBytes: z.int().min(1).max(16_777_216).optional(),
})

/** Throws an Error that says what of it is no endpoint; `where` is its file or its path. */
export function parseEndpoint(value: unknown, where: string): Endpoint {
  const parsed = declaration.safeParse(value)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`)
  throw new Error(`${where} declares no endpoint: ${wrong.join('; ')}.`)
}
