import { pino } from 'pino'
import { openDatabase } from '#server/db/open'
import { freshDataDir } from '#server/db/template'
import { type Environment, readEnvironment } from '#server/env'
import { createParts } from '#server/parts'

export const testPassword = 'correct horse battery'

/** For tests: everything models and guards need, on an empty database of its own. */
export async function openTestContainer(changes: Partial<Environment> = {}) {
  const env: Environment = { ...readEnvironment({ DATA_DIR: await freshDataDir() }), ...changes }
  process.env.NEXTAUTH_SECRET = 'a secret for tests, of at least 32 characters'
  const database = await openDatabase(env)
  const parts = createParts({ env, log: pino({ level: 'silent' }), database, channels: [] })
  return {
    env,
    prisma: database.prisma,
    sockets: parts,
    close: async () => {
      await parts.close()
      await parts.registry.stop()
      await database.close()
    },
  }
}
