import type { Logger } from 'pino'
import { type Container, fillContainer } from '#server/container'
import type { Database } from '#server/db/open'
import type { Environment } from '#server/env'
import type { JobKinds } from '#server/jobs/run'
import { createWork } from '#server/jobs/work'
import { LatestBoard } from '#server/realtime/latest-board'
import { RoomLog } from '#server/realtime/log'
import { createMetrics } from '#server/realtime/metrics'
import { type NodeOptions, ServerNode } from '#server/realtime/node'
import { Presence } from '#server/realtime/presence'
import { ConnectionRegistry } from '#server/realtime/registry'
import type { Served } from '#server/realtime/serve'
import { createSocketService, type SocketService } from '#server/realtime/socket-server'
import { createSockets } from '#server/sockets/sockets'

interface Options {
  env: Environment
  log: Logger
  database: Database
  channels: Served[]
  node?: NodeOptions
  /** Which jobs this node can do, when not all. */
  jobKinds?: JobKinds
}

type Parts = Container & Pick<SocketService, 'engine' | 'close'>

/** Makes what there is once in the process, and fills the container with it; nothing runs yet. */
export function createParts({ env, log, database, channels, node: nodeOptions, jobKinds }: Options): Parts {
  const service = createSocketService(channels, env)
  const node = new ServerNode({ ...nodeOptions, alone: database.size === 'embedded' })
  const registry = new ConnectionRegistry(node)
  const metrics = createMetrics(registry)
  const count = (channel: string) => metrics.pushes.inc({ channel, kind: 'latest' })
  const latest = new LatestBoard(service.delivery, node.id, count)
  const presence = new Presence(latest, service.nodeMessages)
  const roomLog = new RoomLog()
  const sockets = createSockets()
  const work = createWork(jobKinds)
  const { engine, close, ...shared } = service
  const parts = { env, log, database, node, registry, metrics, latest, presence, roomLog, ...shared, sockets, work }
  fillContainer(parts)
  return { ...parts, engine, close }
}
