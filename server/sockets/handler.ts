/**
 * What happens on a socket, told to whoever handles it; all four may be left out, and may be asynchronous.
 * One after the other: the next is not begun before the last is done. The same handler may serve an endpoint
 * (`Peer` is a `SocketConnection`) and an outbound socket (a `WebsocketClient`), as in Eclipse Dirigible.
 */
export interface Handler<Peer = unknown, Message = unknown> {
  onOpen?(peer: Peer): void | Promise<void>
  onMessage?(message: Message, peer: Peer): void | Promise<void>
  /** Of the line, of the transcoder, or thrown by one of the other three. */
  onError?(error: Error, peer: Peer): void | Promise<void>
  /** Last, and once. `code` is 1005 when the other side gave none, and 1006 when the line was cut. */
  onClose?(code: number, reason: string, peer: Peer): void | Promise<void>
}

/** The method of a handler by the name it has in `getMethod()`. */
export type Method = 'onopen' | 'onmessage' | 'onerror' | 'onclose'

/** Whether all callbacks it has are functions, and none is misspelt (`onmessage`): that one would never be called. */
export function isHandler(value: unknown): value is Handler {
  if (typeof value !== 'object' || value === null) return false
  const misspelt = Object.keys(value).some((key) => /^on/i.test(key) && !callbacks.includes(key))
  return !misspelt && callbacks.every((name) => ['undefined', 'function'].includes(typeof Reflect.get(value, name)))
}

const callbacks = ['onOpen', 'onMessage', 'onError', 'onClose']
