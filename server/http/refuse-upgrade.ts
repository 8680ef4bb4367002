import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refused } from '#channels/wire'
import { statusOf } from '#server/refusal-status'

/** How long a client may go on with its own half of the connection, in milliseconds. */
const patience = 1_000

/** What an upgrade may be refused with: the status is that of the code, the body `{ code, message }` as JSON. */
export type RefusedUpgrade = Pick<Refused, 'code' | 'message' | 'retryAfter'>

/** Answers an upgrade request that is not granted, and closes the connection whatever the client does. */
export function refuseUpgrade(socket: Duplex, { code, message, retryAfter }: RefusedUpgrade): void {
  const body = JSON.stringify({ code, message, ...(retryAfter !== undefined && { retryAfter }) })
  const status = statusOf[code]
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    // Required of these statuses (RFC 9110, section 11.6.1; RFC 6455, section 4.2.2), and harmless with others.
    ...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
    ...(status === 400 ? ['Sec-WebSocket-Version: 13'] : []),
    ...(retryAfter !== undefined ? [`Retry-After: ${Math.ceil(retryAfter / 1000)}`] : []),
  ]
  // What has come and was not read would make the system reset the connection, and the client lose the answer.
  socket.resume()
  socket.end(`${headers.join('\r\n')}\r\n\r\n${body}`)
  const late = setTimeout(() => socket.destroy(), patience).unref()
  socket.once('close', () => clearTimeout(late))
}
