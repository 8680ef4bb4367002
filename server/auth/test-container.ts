import { pino } from 'pino'
import { fillContainer } from '#server/container'
import { openDatabase } from '#server/db/open'
import { freshDataDir } from '#server/db/template'
import { type Environment, readEnvironment } from '#server/env'
import { BroadcastSchedule } from '#server/jobs/broadcast-schedule'
import { LatestBoard } from '#server/realtime/latest-board'
import { RoomLog } from '#server/realtime/log'
import { createMetrics } from '#server/realtime/metrics'
import { ServerNode } from '#server/realtime/node'
import { Presence } from '#server/realtime/presence'
import { ConnectionRegistry } from '#server/realtime/registry'
import { createSocketService } from '#server/realtime/socket-server'
import { createSockets } from '#server/sockets/sockets'

export const testPassword = 'correct horse battery'

/** For tests: everything models and guards need, on an empty database of its own. */
export async function openTestContainer(changes: Partial<Environment> = {}) {
  const env: Environment = { ...readEnvironment({ DATA_DIR: await freshDataDir() }), ...changes }
  process.env.NEXTAUTH_SECRET = 'a secret for tests, of at least 32 characters'
  const database = await openDatabase(env)
  const sockets = createSocketService([], env)
  const node = new ServerNode()
  const registry = new ConnectionRegistry(node)
  const metrics = createMetrics(registry)
  const log = pino({ level: 'silent' })
  const latest = new LatestBoard(sockets.delivery, node.id)
  const presence = new Presence(latest, sockets.nodeMessages)
  fillContainer({
    env,
    log,
    database,
    node,
    registry,
    metrics,
    latest,
    presence,
    roomLog: new RoomLog(),
    ...sockets,
    sockets: createSockets(),
    schedule: new BroadcastSchedule(),
  })
  return {
    env,
    prisma: database.prisma,
    sockets,
    close: async () => {
      await sockets.close()
      await registry.stop()
      await database.close()
    },
  }
}
