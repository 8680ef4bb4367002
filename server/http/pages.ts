import { createServer } from 'node:http'
import next from 'next'
import type { Environment } from '#server/env'
import type { Pages } from './server'

/** Next as a request handler of our own server. In development it compiles pages as they are asked for. */
export async function openPages(env: Environment): Promise<Pages> {
  const app = next({
    dev: !env.production,
    hostname: env.host,
    port: env.port,
    // At the first request Next would listen for `upgrade` on whichever server brought it, and close the
    // sockets it does not know. This one never listens; our router gives Next what is Next's.
    httpServer: createServer(),
  })
  await app.prepare()
  return {
    handle: app.getRequestHandler(),
    upgrade: env.production ? undefined : hotReloadOf(app),
    close: () => app.close(),
  }
}

/**
 * What Next's own listener calls. Its `getUpgradeHandler()` does nothing in a custom server (16.4), and a page
 * in development waits for hot reload to answer before it comes alive.
 */
function hotReloadOf(app: object): Pages['upgrade'] {
  const upgrade: unknown = Reflect.get(app, 'upgradeHandler')
  if (typeof upgrade !== 'function') throw new Error('This version of Next has no upgradeHandler: no hot reload.')
  return async (...taken) => void (await upgrade(...taken))
}
