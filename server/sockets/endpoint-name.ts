/** Names that mean something else to Next, to us, to proxies and probes, to JavaScript or to the Mendix runtime. */
const reserved = new Set([
  '_next',
  'api',
  'socket.io',
  'ws',
  'health',
  'metrics',
  'favicon.ico',
  '.well-known',
  '__proto__',
  'prototype',
  'constructor',
  'xas',
  'debugger',
  'mxdevtools',
])

const name = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)*$/
const longest = 64

/**
 * The name of an endpoint out of its path, `/my-endpoint` or `my-endpoint`. It may have several parts, `orders/live`.
 * Throws an Error with the name and the reason when it is reserved, has other characters or is too long.
 */
export function endpointName(path: string): string {
  const given = path.replace(/^\//, '')
  const taken = given.split('/').find((part) => reserved.has(part.toLowerCase()))
  if (taken !== undefined) throw new Error(`Endpoint "${given}": the name "${taken}" is reserved.`)
  if (given.length > longest) {
    throw new Error(`Endpoint "${given.slice(0, longest)}...": a name has at most ${longest} characters.`)
  }
  if (!name.test(given)) {
    throw new Error(`Endpoint "${given}": a name has a to z, 0 to 9 and single hyphens, and slashes between its parts.`)
  }
  return given
}
