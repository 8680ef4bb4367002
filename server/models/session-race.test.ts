import { afterAll, expect, test } from 'vitest'
import { openTestContainer, testPassword } from '#server/auth/test-container'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { startSession } from './session'
import { createUser } from './user'

const postgres = (await hasPostgres()) ? await createPostgresDatabase() : undefined
afterAll(() => postgres?.drop())

// The embedded database runs one transaction after another anyway; PostgreSQL is where they meet.
const sizes: { size: string; databaseUrl?: string }[] = [
  { size: 'embedded' },
  ...(postgres ? [{ size: 'server', databaseUrl: postgres.url }] : []),
]

test.each(sizes)(
  '$size: of sign-ins at the same instant exactly one stays alive, each time',
  async ({ databaseUrl }) => {
    const running = await openTestContainer({ databaseUrl })
    const user = await createUser({ name: 'ben', role: 'member', password: testPassword })
    const count = (where: object) => running.prisma.session.count({ where: { userId: user.id, ...where } })
    for (let round = 1; round <= 10; round += 1) {
      const start = () => startSession({ user, device: 'Firefox on Linux', address: '192.0.2.1' })
      await Promise.all(Array.from({ length: 5 }, start))
      expect(await count({})).toBe(5 * round)
      expect(await count({ endedAt: null })).toBe(1)
    }
    await running.close()
  },
)
