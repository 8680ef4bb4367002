import type { IncomingMessage } from 'node:http'
import { BlockList } from 'node:net'
import type { Environment } from '#server/env'

/** Where code under Next reads `true` or `false`: our http server overwrites whatever a client wrote there. */
export const loopbackHeader = 'x-from-loopback'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const addedByProxies = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/**
 * Whether a program on this very machine asks, by itself. Behind a proxy on this machine everyone comes from
 * here: so not when one is configured, when one has left its mark, or when people type another address than ours.
 * The Host must be ours too, or a page elsewhere could have its own name lead here (DNS rebinding).
 */
export function fromLoopback(
  { socket, headers }: Pick<IncomingMessage, 'headers' | 'socket'>,
  { trustProxy, nextauthUrl }: Pick<Environment, 'trustProxy' | 'nextauthUrl'>,
): boolean {
  if (trustProxy > 0 || addedByProxies.some((header) => headers[header] !== undefined)) return false
  if (nextauthUrl && !isLoopbackHost(new URL(nextauthUrl).hostname)) return false
  const host = `http://${headers.host}`
  return isLoopbackAddress(socket.remoteAddress ?? '') && URL.canParse(host) && isLoopbackHost(new URL(host).hostname)
}

function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[(.*)\]$/, '$1'))
}

/** IPv4 within IPv6 (`::ffff:127.0.0.1`) counts as IPv4. */
function isLoopbackAddress(address: string): boolean {
  return loopback.check(address, 'ipv4') || loopback.check(address, 'ipv6')
}
