import type { Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { seed } from '#prisma/seed'
import { readSecret } from '#server/auth/secret'
import { openDatabase } from '#server/db/open'
import type { Environment } from '#server/env'
import { features } from '#server/features/all'
import { closerOf } from '#server/http/close'
import { createHttpServer, type Pages } from '#server/http/server'
import type { JobKinds } from '#server/jobs/run'
import { startWork, stopWork } from '#server/jobs/work'
import { createParts } from '#server/parts'
import { joinNodes } from '#server/realtime/cluster'
import { LogUpkeep } from '#server/realtime/log-upkeep'
import type { NodeOptions, ServerNode } from '#server/realtime/node'
import type { Served } from '#server/realtime/serve'
import { SessionTabs } from '#server/realtime/session-tabs'
import { startSockets } from '#server/sockets/sockets'

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
  /** Which jobs this node can do, when not all. */
  jobKinds?: JobKinds
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
  jobKinds,
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
    const parts = createParts({ env, log, database, channels, node: nodeOptions, jobKinds })
    const { latest, presence, registry, sockets, work } = parts
    node = parts.node
    node.onReturn(() => presence.putAgain())
    const tabs = new SessionTabs(latest, registry)
    node.onReturn(() => tabs.putAgain())
    await startSockets(sockets)
    await node.start()
    if (env.redisUrl) {
      leaveNodes = await joinNodes(parts.io, latest, env.redisUrl, log)
      parts.nodeMessages.reachOthers()
    }
    await seed(env)
    signal?.throwIfAborted()
    pages = await openPages?.()
    signal?.throwIfAborted()
    const http = createHttpServer({ env, engine: parts.engine, pages })
    sockets.clients.knowSelf(http)
    const closeHttp = closerOf(http)
    const upkeep = new LogUpkeep(channels.map(({ channel }) => channel))
    upkeep.start()
    await startWork(work)
    return {
      http,
      close: async () => {
        // First, and meanwhile: a job may need some seconds until it can be given back.
        const jobsStopped = Promise.all([work.jobs.stop(), work.plans.stop()])
        // Still listening, so that whoever comes meanwhile is told when to come back.
        await parts.drain.begin()
        // Begun before the sockets are closed, so that none of them can come back.
        const finished = closeHttp()
        latest.close()
        await Promise.all([parts.close(), sockets.close()])
        presence.close()
        await tabs.close()
        await finished
        leaveNodes?.()
        await pages?.close()
        await registry.stop()
        await node?.close()
        await upkeep.stop()
        await Promise.all([jobsStopped, stopWork(work)])
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
