import { Connection, type ConnectionOptions } from './connection'

/** For tests: a connection as a tab of this visitor would open it, from Node. */
export function connectAs(
  url: string,
  { cookie, csrfToken }: { cookie: string; csrfToken: string },
  options: Pick<ConnectionOptions, 'sayAliveEvery' | 'renew'> = {},
): Connection {
  const socket = { extraHeaders: { cookie, origin: url }, forceNew: true }
  return new Connection({ url, csrfToken: async () => csrfToken, socket, ...options })
}
