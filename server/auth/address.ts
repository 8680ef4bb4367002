import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'

/** Where code under Next, which cannot see the socket, reads the client's address: our http server overwrites it. */
export const addressHeader = 'x-client-address'
/** And what the browser asked for, which a server component cannot see either. */
export const pathHeader = 'x-request-path'

/**
 * Each trusted proxy appends the address it was called from, so the client's is that many entries from
 * the right; what stands further left was written by the client itself.
 */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustProxy: number): string {
  const socketAddress = normalise(request.socket.remoteAddress ?? '')
  if (trustProxy === 0) return socketAddress
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  return normalise(forwarded.at(-trustProxy)?.trim() ?? '') || socketAddress
}

/** Empty when it is no address at all. IPv4 within IPv6 (`::ffff:10.0.0.1`) is written as IPv4. */
function normalise(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return isIP(plain) ? plain : ''
}

/** What is counted as one client: whoever has one IPv6 address usually has the whole /64. */
export function network(address: string): string {
  if (!isIPv6(address)) return address
  const [left = [], right = []] = address.split('::').map((part) => part.split(':').filter(Boolean))
  const zeros: string[] = Array(Math.max(0, 8 - left.length - right.length)).fill('0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
