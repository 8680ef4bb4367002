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
import { joinNodes } from '#server/realtime/cluster'
import type { Served } from '#server/realtime/serve'
import { createSocketService } from '#server/realtime/socket-server'

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
  /** When it is aborted before all is open, the boot closes what is and throws its reason. */
  signal?: AbortSignal
}

/** Puts the parts together in the order they need each other. The caller listens. */
export async function boot({ env, log, openPages, channels = features, signal }: Options): Promise<Service> {
  const database = await openDatabase(env)
  let pages: Pages | undefined
  let leaveNodes: (() => void) | undefined
  try {
    signal?.throwIfAborted()
    await configureNextAuth(env)
    const sockets = createSocketService(channels)
    fillContainer({ env, log, database, io: sockets.io, delivery: sockets.delivery })
    if (env.redisUrl) leaveNodes = await joinNodes(sockets.io, env.redisUrl, log)
    await seed(env)
    signal?.throwIfAborted()
    pages = await openPages?.()
    signal?.throwIfAborted()
    const http = createHttpServer({ env, engine: sockets.engine, pages })
    const closeHttp = closerOf(http)
    return {
      http,
      close: async () => {
        // Begun before the sockets are closed, so that none of them can come back.
        const finished = closeHttp()
        await sockets.close()
        await finished
        leaveNodes?.()
        await pages?.close()
        // Last: until here something may still be written.
        await database.close()
      },
    }
  } catch (error) {
    leaveNodes?.()
    await pages?.close()
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
