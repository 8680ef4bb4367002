import type { Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { seed } from '#prisma/seed'
import { readSecret } from '#server/auth/secret'
import { fillContainer } from '#server/container'
import { openDatabase } from '#server/db/open'
import type { Environment } from '#server/env'
import { features } from '#server/features/all'
import { closerOf } from '#server/http/close'
import { createHttpServer, type Pages } from '#server/http/server'
import { BroadcastSchedule } from '#server/jobs/broadcast-schedule'
import { joinNodes } from '#server/realtime/cluster'
import { LatestBoard } from '#server/realtime/latest-board'
import { RoomLog } from '#server/realtime/log'
import { LogUpkeep } from '#server/realtime/log-upkeep'
import { createMetrics } from '#server/realtime/metrics'
import { type NodeOptions, ServerNode } from '#server/realtime/node'
import { Presence } from '#server/realtime/presence'
import { ConnectionRegistry } from '#server/realtime/registry'
import type { Served } from '#server/realtime/serve'
import { SessionTabs } from '#server/realtime/session-tabs'
import { createSocketService } from '#server/realtime/socket-server'
import { createSockets, startSockets } from '#server/sockets/sockets'

export interface Service {
  http: HttpServer
  close(): Promise<void>
}

interface Options {
  env: Environment
  log: Logger
  /** Made last, because it may render at once; without it every page is a 404. */
  openPages?(): Promise<Pages>
  channels?: Served[]
  /** How soon nodes take each other for dead, when not as by default. */
  node?: NodeOptions
  /** When it is aborted before all is open, the boot closes what is and throws its reason. */
  signal?: AbortSignal
}

/** Puts the parts together in the order they need each other. The caller listens. */
export async function boot({
  env,
  log,
  openPages,
  channels = features,
  node: nodeOptions,
  signal,
}: Options): Promise<Service> {
  const database = await openDatabase(env)
  let pages: Pages | undefined
  let node: ServerNode | undefined
  let leaveNodes: (() => void) | undefined
  try {
    if (database.migrated.length > 0) log.info({ migrations: database.migrated }, 'database migrated')
    signal?.throwIfAborted()
    await configureNextAuth(env)
    const sockets = createSocketService(channels, env)
    node = new ServerNode({ ...nodeOptions, alone: database.size === 'embedded' })
    const registry = new ConnectionRegistry(node)
    const metrics = createMetrics(registry)
    const latest = new LatestBoard(sockets.delivery, node.id, (channel) =>
      metrics.pushes.inc({ channel, kind: 'latest' }),
    )
    const presence = new Presence(latest, sockets.nodeMessages)
    node.onReturn(() => presence.putAgain())
    const tabs = new SessionTabs(latest, registry)
    node.onReturn(() => tabs.putAgain())
    const raw = createSockets()
    const schedule = new BroadcastSchedule()
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
      sockets: raw,
      schedule,
    })
    await startSockets(raw)
    await node.start()
    if (env.redisUrl) {
      leaveNodes = await joinNodes(sockets.io, latest, env.redisUrl, log)
      sockets.nodeMessages.reachOthers()
    }
    await seed(env)
    signal?.throwIfAborted()
    pages = await openPages?.()
    signal?.throwIfAborted()
    const http = createHttpServer({ env, engine: sockets.engine, pages })
    raw.clients.knowSelf(http)
    const closeHttp = closerOf(http)
    const upkeep = new LogUpkeep(channels.map(({ channel }) => channel))
    upkeep.start()
    schedule.start()
    return {
      http,
      close: async () => {
        // Still listening, so that whoever comes meanwhile is told when to come back.
        await sockets.drain.begin()
        // Begun before the sockets are closed, so that none of them can come back.
        const finished = closeHttp()
        latest.close()
        await Promise.all([sockets.close(), raw.close()])
        presence.close()
        await tabs.close()
        await finished
        leaveNodes?.()
        await pages?.close()
        await registry.stop()
        await node?.close()
        await upkeep.stop()
        await schedule.stop()
        // Last: until here something may still be written.
        await database.close()
      },
    }
  } catch (error) {
    leaveNodes?.()
    await pages?.close()
    await node?.close()
    await database.close()
    throw error
  }
}

/** next-auth reads its settings from the environment, so what was worked out goes back there. */
async function configureNextAuth(env: Environment): Promise<void> {
  process.env.NEXTAUTH_SECRET = await readSecret(env).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Cannot write to the data folder ${env.dataDir} (DATA_DIR): ${error.code}.`, { cause: error })
  })
  if (env.nextauthUrl) process.env.NEXTAUTH_URL = env.nextauthUrl
  // Without a configured address next-auth takes the one the request was sent to, so that localhost,
  // 127.0.0.1 and a test's free port all work.
  else process.env.AUTH_TRUST_HOST = 'true'
}
