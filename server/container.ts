import type { Logger } from 'pino'
import type { Database } from '#server/db/open'
import type { Environment } from '#server/env'
import type { Work } from '#server/jobs/work'
import type { Delivery } from '#server/realtime/delivery'
import type { Drain } from '#server/realtime/drain'
import type { Entrance } from '#server/realtime/entrance'
import type { LatestBoard } from '#server/realtime/latest-board'
import type { RoomLog } from '#server/realtime/log'
import type { Metrics } from '#server/realtime/metrics'
import type { ServerNode } from '#server/realtime/node'
import type { NodeMessages } from '#server/realtime/node-messages'
import type { Presence } from '#server/realtime/presence'
import type { ConnectionRegistry } from '#server/realtime/registry'
import type { SwitchboardServer } from '#server/realtime/socket-server'
import type { Sockets } from '#server/sockets/sockets'

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
  roomLog: RoomLog
  /** The newest values of all rooms. */
  latest: LatestBoard
  presence: Presence
  nodeMessages: NodeMessages
  drain: Drain
  entrance: Entrance
  /** This process among those that share the database. */
  node: ServerNode
  registry: ConnectionRegistry
  metrics: Metrics
  /** Raw endpoints and outbound sockets. */
  sockets: Sockets
  /** What this node does by itself. */
  work: Work
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
