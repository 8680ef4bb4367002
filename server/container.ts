import type { Logger } from 'pino'
import type { Database } from '#server/db/open'
import type { Environment } from '#server/env'
import type { Delivery } from '#server/realtime/delivery'
import type { SwitchboardServer } from '#server/realtime/socket-server'

/**
 * What must exist once in the process. Next loads its own copies of our modules for pages and for
 * route handlers, so a module-level variable would exist three times; only `globalThis` is shared.
 */
export interface Container {
  env: Environment
  log: Logger
  database: Database
  io: SwitchboardServer
  delivery: Delivery
}

const place = Symbol.for('switchboard')

/** Called once, by the boot (server/boot.ts). */
export function fillContainer(container: Container): void {
  Reflect.set(globalThis, place, container)
}

/** Throws when the process did not boot through server/boot.ts, as during `next build`. */
export function container(): Container {
  const filled: unknown = Reflect.get(globalThis, place)
  if (!filled) throw new Error('The server is not running: only the boot opens the database and the socket server.')
  return filled as Container
}
