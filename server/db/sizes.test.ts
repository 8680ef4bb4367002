import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './open'
import { freshDataDir } from './template'
import { createPostgresDatabase, hasPostgres, runOnPostgres } from './test-postgres'

const sizes = [
  { name: 'embedded', skip: false, url: async () => undefined },
  { name: 'server', skip: !(await hasPostgres()), url: createPostgresDatabase },
]

describe.each(sizes)('$name', ({ skip, url }) => {
  describe.skipIf(skip)('transactions', () => {
    let dataDir: string
    let postgresDatabase: Awaited<ReturnType<typeof url>>
    let database: Database
    let prisma: Database['prisma']

    beforeAll(async () => {
      dataDir = await freshDataDir()
      postgresDatabase = await url()
      // Times must not depend on the zone of the server.
      const databaseUrl = postgresDatabase?.url
      if (databaseUrl) {
        const name = new URL(databaseUrl).pathname.slice(1)
        await runOnPostgres(`ALTER DATABASE ${name} SET timezone = 'America/New_York'`)
      }
      database = await openDatabase({ dataDir, databaseUrl })
      prisma = database.prisma
    })
    beforeEach(async () => {
      await prisma.logRoom.deleteMany()
    })
    afterAll(async () => {
      await database.close()
      await postgresDatabase?.drop()
      await rm(dataDir, { recursive: true, force: true })
    })

    it('reads times and JSON of hand-written SQL as values, also after Prisma has read its own', async () => {
      await prisma.logRoom.findMany()
      const at = new Date('2026-01-02T03:04:05Z')
      const text = `SELECT '2026-01-02T03:04:05Z'::timestamptz AS at, '{"a":[1]}'::jsonb AS data`
      expect((await database.executeSql(text)).rows).toEqual([{ at, data: { a: [1] } }])
      expect((await database.executeSql(`${text} WHERE $1`, [true])).rows).toEqual([{ at, data: { a: [1] } }])
    })

    it('undoes one that throws, and serves the next', async () => {
      const failing = prisma.$transaction(async (tx) => {
        await tx.logRoom.create({ data: { key: 'undone', seq: 1 } })
        throw new Error('changed my mind')
      })
      await expect(failing).rejects.toThrow('changed my mind')
      expect(await prisma.logRoom.count()).toBe(0)
    })

    it('undoes one that does not end, and serves the next', async () => {
      const standing = prisma.$transaction(
        async (tx) => {
          await tx.logRoom.create({ data: { key: 'undone', seq: 1 } })
          for (;;) await tx.logRoom.count()
        },
        { timeout: 100 },
      )
      await expect(standing).rejects.toHaveProperty('code', 'P2028')
      expect(await prisma.logRoom.count()).toBe(0)
    })

    it('says so when the commit fails', async () => {
      await prisma.$executeRaw`CREATE TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)`
      const committing = prisma.$transaction(async (tx) => {
        await tx.$executeRaw`INSERT INTO late VALUES (1), (1)`
      })
      await expect(committing).rejects.toThrow()
      await prisma.$executeRaw`DROP TABLE late`
    })

    it('undoes only the inner of two', async () => {
      await prisma.$transaction(async (tx) => {
        await tx.logRoom.create({ data: { key: 'outer', seq: 1 } })
        const inner = tx.$transaction(async (nested) => {
          await nested.logRoom.create({ data: { key: 'inner', seq: 1 } })
          throw new Error('changed my mind')
        })
        await expect(inner).rejects.toThrow('changed my mind')
      })
      expect(await prisma.logRoom.findMany()).toEqual([{ key: 'outer', seq: 1 }])
    })

    it('forgets one that gave up waiting', async () => {
      const hold = prisma.$transaction(async (tx) => {
        const others = Array.from({ length: 20 }, () =>
          prisma.$transaction((other) => other.logRoom.create({ data: { key: 'never', seq: 1 } }), { maxWait: 50 }),
        )
        const refused = await Promise.allSettled(others)
        await tx.logRoom.create({ data: { key: 'kept', seq: 1 } })
        return refused
      })
      const refused = await hold
      await prisma.$transaction((tx) => tx.logRoom.create({ data: { key: 'next', seq: 1 } }))
      expect(await prisma.logRoom.count({ where: { key: { in: ['kept', 'next'] } } })).toBe(2)
      if (database.size === 'embedded') expect(refused.every(({ status }) => status === 'rejected')).toBe(true)
    })

    it('tells a broken unique constraint by its code', async () => {
      const data = { key: 'once', seq: 1 }
      await prisma.logRoom.create({ data })
      await expect(prisma.logRoom.create({ data })).rejects.toHaveProperty('code', 'P2002')
      await expect(prisma.$transaction((tx) => tx.logRoom.create({ data }))).rejects.toHaveProperty('code', 'P2002')
    })

    it('lets 500 at once wait their turn, and loses no increment', async () => {
      await prisma.logRoom.create({ data: { key: 'counter', seq: 0 } })
      const increment = () =>
        prisma.$transaction(async (tx) => {
          await tx.$queryRaw`SELECT seq FROM log_room WHERE key = 'counter' FOR UPDATE`
          const { seq } = await tx.logRoom.findUniqueOrThrow({ where: { key: 'counter' } })
          await tx.logRoom.update({ where: { key: 'counter' }, data: { seq: seq + 1 } })
        })
      let turns = 0
      const counting = setInterval(() => turns++, 1)
      await Promise.all(Array.from({ length: 500 }, increment))
      clearInterval(counting)
      // Not among them: how long 500 take is a matter of the machine, and the check has its limit.
      await database.check()
      // Sockets and timers were served meanwhile.
      expect(turns).toBeGreaterThan(20)
      expect(await prisma.logRoom.findUnique({ where: { key: 'counter' } })).toMatchObject({ seq: 500 })
    }, 60_000)

    it('keeps times as they are, whoever writes them', async () => {
      const at = new Date('2026-07-01T12:00:00.123Z')
      await prisma.logEntry.create({ data: { room: 'times', seq: 1, push: 'posted', data: {}, at } })
      const told = await prisma.$queryRaw`SELECT extract(epoch FROM at)::float AS seconds FROM log_entry`
      expect(told).toEqual([{ seconds: at.getTime() / 1000 }])
      expect((await prisma.logEntry.findFirstOrThrow()).at).toEqual(at)
      const before = Date.now()
      const user = await prisma.user.create({ data: { name: 'zone', passwordHash: '' } })
      expect(Math.abs(user.createdAt.getTime() - before)).toBeLessThan(60_000)
    })
  })
})
