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

/** Makes it the one connection of this tab, for what renders (socket.ts). */
export function keepAsTab(connection: Connection): void {
  Reflect.set(globalThis, Symbol.for('switchboard.connection'), connection)
}
