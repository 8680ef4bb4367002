import type { IncomingMessage } from 'node:http'
import { refuse } from '#server/refusal'

/** The one subprotocol our endpoints speak. */
export const protocol = 'switchboard'
const tokenPrefix = 'csrf.'

function offered({ headers }: IncomingMessage): string[] {
  return (headers['sec-websocket-protocol'] ?? '').split(',').flatMap((name) => name.trim() || [])
}

/** The CSRF token in `csrf.<token>`, which a page offers beside the protocol. */
export function offeredToken(request: IncomingMessage): string | undefined {
  return offered(request)
    .find((name) => name.startsWith(tokenPrefix))
    ?.slice(tokenPrefix.length)
}

/**
 * A client that offers protocols gives up when the answer names none of them (WHATWG, WebSockets), so that one
 * without ours is told at once. The token is never named: it would stand in an answer. Refuses with `invalid`.
 */
export function requireProtocol(request: IncomingMessage): void {
  const names = offered(request)
  if (names.length > 0 && !names.includes(protocol)) {
    refuse('invalid', `Offer the subprotocol "${protocol}", beside the token if there is one, or none at all.`)
  }
}
