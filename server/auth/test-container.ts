import { pino } from 'pino'
import { fillContainer } from '#server/container'
import { openDatabase } from '#server/db/open'
import { freshDataDir } from '#server/db/template'
import { type Environment, readEnvironment } from '#server/env'
import { createSocketService } from '#server/realtime/socket-server'

export const testPassword = 'correct horse battery'

/** For tests: everything models and guards need, on an empty database of its own. */
export async function openTestContainer(changes: Partial<Environment> = {}) {
  const env: Environment = { ...readEnvironment({ DATA_DIR: await freshDataDir() }), ...changes }
  process.env.NEXTAUTH_SECRET = 'a secret for tests, of at least 32 characters'
  const database = await openDatabase(env)
  const sockets = createSocketService([])
  fillContainer({ env, log: pino({ level: 'silent' }), database, io: sockets.io, delivery: sockets.delivery })
  return {
    env,
    prisma: database.prisma,
    sockets,
    close: async () => {
      await sockets.close()
      await database.close()
    },
  }
}
