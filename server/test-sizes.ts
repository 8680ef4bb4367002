import { openTestContainer } from '#server/auth/test-container'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import type { Environment } from '#server/env'

/** For tests of what must hold on both sizes of the database; PostgreSQL is left out where there is none. */
export const sizes = [
  { size: 'embedded', open: openTestContainer },
  ...((await hasPostgres()) ? [{ size: 'server', open: openOnPostgres }] : []),
]

async function openOnPostgres(changes: Partial<Environment> = {}) {
  const postgres = await createPostgresDatabase()
  const opened = await openTestContainer({ ...changes, databaseUrl: postgres.url })
  return {
    ...opened,
    close: async () => {
      await opened.close()
      await postgres.drop()
    },
  }
}
