import type { Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { seed } from '#prisma/seed'
import { readSecret } from '#server/auth/secret'
import { fillContainer } from '#server/container'
import { openDatabase } from '#server/db/open'
import type { Environment } from '#server/env'
import { features } from '#server/features/all'
import { createHttpServer, type Pages } from '#server/http/server'
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
}

/** Puts the parts together in the order they need each other. The caller listens. */
export async function boot({ env, log, openPages, channels = features }: Options): Promise<Service> {
  await configureNextAuth(env)
  const database = await openDatabase(env)
  const sockets = createSocketService(channels)
  fillContainer({ env, log, database, io: sockets.io })
  try {
    await seed(env)
    const pages = await openPages?.()
    const http = createHttpServer({ env, engine: sockets.engine, pages })
    return {
      http,
      close: async () => {
        const closed = new Promise((resolve) => http.close(resolve))
        await sockets.close()
        http.closeIdleConnections()
        await pages?.close()
        await closed
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** next-auth reads its settings from the environment, so what was worked out goes back there. */
async function configureNextAuth(env: Environment): Promise<void> {
  process.env.NEXTAUTH_SECRET = await readSecret(env)
  if (env.nextauthUrl) process.env.NEXTAUTH_URL = env.nextauthUrl
  // Without a configured address next-auth takes the one the request was sent to, so that localhost,
  // 127.0.0.1 and a test's free port all work.
  else process.env.AUTH_TRUST_HOST = 'true'
}
