import type { IncomingMessage } from 'node:http'

/** Next's own limit for the body of a server action; it answers a larger form with a 500. */
const maxPageBody = 1024 * 1024
/** What is sent there is as large as a file, and is counted as it comes. */
const uploads = /^\/jobs\/upload(\?|$)/
const pageMethods = ['GET', 'HEAD', 'POST']
const apiMethods = [...pageMethods, 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export interface RefusedRequest {
  status: 400 | 405 | 413
  headers?: Record<string, string>
}

/** What neither a page nor a handler need see, and Next would answer with a 500 or the page itself. */
export function refusedRequest({ method = '', url = '', headers }: IncomingMessage): RefusedRequest | undefined {
  // Also what a proxy is asked (`GET http://elsewhere/`), where Next would lead elsewhere.
  if (!url.startsWith('/') || !isDecodable(url)) return { status: 400 }
  const api = url.startsWith('/api/')
  const methods = api ? apiMethods : pageMethods
  if (!methods.includes(method)) return { status: 405, headers: { Allow: methods.join(', ') } }
  if (!api && !uploads.test(url) && Number(headers['content-length'] ?? 0) > maxPageBody) return { status: 413 }
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}
