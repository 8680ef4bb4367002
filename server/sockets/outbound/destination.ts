import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { refuse } from '#server/refusal'
import { isLoopback, isPublic } from './address'

/** Where outbound sockets may lead although it is no public address. */
export interface Allowed {
  /** `host` or `host:port`, as the setting `OUTBOUND_ALLOW` has them. */
  listed: readonly string[]
  /** Where this very server listens; it may be reached over loopback. */
  ownPort: number | undefined
}

/** The rule for one address: where it may lead, once its name has been resolved. */
export interface Destination {
  url: URL
  permits(address: string): boolean
}

/** What may be shown of an address: where it leads, without the query, which may hold what is secret. */
export function shownAddress({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`
}

const local = ['localhost', '127.0.0.1', '::1']

/**
 * Reads the address of an outbound socket. Refuses with `invalid` what is no WebSocket address, or holds a password,
 * and with `forbidden` an IP address that is neither public nor allowed. A name is allowed as it is written in the
 * list, whatever it leads to; any other may lead to public addresses alone, which is only known when it is resolved.
 * (OWASP, Server-Side Request Forgery Prevention.)
 */
export function readDestination(uri: string, { listed, ownPort }: Allowed): Destination {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  if (!url || !['ws:', 'wss:'].includes(url.protocol))
    refuse('invalid', 'Give an address that begins with ws:// or wss://.')
  if (url.username || url.password) refuse('invalid', 'Give no name or password in the address.')
  // The parser has turned every way of writing an IPv4 address (0177.1, 0x7f000001, 2130706433) into the usual one.
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port) || (url.protocol === 'wss:' ? 443 : 80)
  const isListed = listed.some((entry) => [url.hostname, `${url.hostname}:${port}`].includes(entry))
  const isSelf = local.includes(host) && port === ownPort
  const permits = (address: string) => isListed || isPublic(address) || (isSelf && isLoopback(address))
  if (isIP(host) && !permits(host)) refuse('forbidden', refusedAddress)
  return { url, permits }
}

const refusedAddress = 'This address is not public, and OUTBOUND_ALLOW does not list it.'

/**
 * Resolves names for a connection, and fails it when one of their addresses is not permitted. The connection goes to
 * what was looked at here and nothing else: it is not resolved a second time, when the answer could be another.
 */
export function checkedLookup(permits: Destination['permits'], lookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) return callback(error ?? new Error('The name has no address.'), '')
      if (!addresses.every(({ address }) => permits(address))) return callback(new AddressRefused(refusedAddress), '')
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

/** A name led where it must not. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}
