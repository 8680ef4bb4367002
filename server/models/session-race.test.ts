import { afterAll, expect, test } from 'vitest'
import { openTestContainer, testPassword } from '#server/auth/test-container'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { startSession } from './session'
import { answerRequest, claimSignIn, requestSignIn } from './sign-in-request'
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

const place = { device: 'Firefox on Linux', address: '192.0.2.1' }

test.each(sizes)('$size: of sign-ins at the same instant, as the policy says', async ({ databaseUrl }) => {
  const running = await openTestContainer({ databaseUrl })
  const { prisma } = running
  for (const policy of ['many', 'oldest', 'ask'] as const) {
    for (let round = 1; round <= 5; round += 1) {
      const user = await createUser({ name: `${policy}-${round}`, role: 'member', password: testPassword })
      await prisma.user.update({ where: { id: user.id }, data: { sessionPolicy: policy } })
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => requestSignIn({ user, ...place })))
      const count = (is: string) => outcomes.filter((one) => one.is === is).length
      expect(count('admitted')).toBe(policy === 'many' ? 5 : 1)
      expect(count(policy === 'oldest' ? 'held' : 'waiting')).toBe(policy === 'many' ? 0 : 4)
      const alive = () => prisma.session.count({ where: { userId: user.id, endedAt: null } })
      expect(await alive()).toBe(policy === 'many' ? 5 : 1)
      if (policy !== 'ask') continue

      // Nobody has answered any of the four: one comes in, and the others ask that one anew.
      const requests = outcomes.flatMap((one) => (one.is === 'waiting' ? [one.request] : []))
      await prisma.signInRequest.updateMany({ where: { userId: user.id }, data: { until: new Date() } })
      const claims = await Promise.all(requests.map((id) => claimSignIn(id, place)))
      expect(claims.map(({ is }) => is).toSorted()).toEqual(['admitted', 'waiting', 'waiting', 'waiting'])
      expect(await alive()).toBe(1)

      // An answer and the claim it is late for: one of them holds.
      const waiting = claims.flatMap((one) => (one.is === 'waiting' ? [one.request] : []))
      const [kept, claimed] = await Promise.all([
        Promise.allSettled(waiting.map((id) => answerRequest({ ...user, role: 'member' }, id, 'kept'))),
        Promise.all(waiting.map((id) => claimSignIn(id, place))),
      ])
      expect(kept.every(({ status }) => status === 'fulfilled')).toBe(true)
      expect(claimed.filter(({ is }) => is === 'admitted')).toEqual([])
      expect(await alive()).toBe(1)
    }
  }
  await running.close()
})
