import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './open'
import { refuseOld } from './server'
import { freshDataDir } from './template'
import { startChild } from './test-child'
import { createPostgresDatabase, hasPostgres, runOnPostgres } from './test-postgres'

const postgres = await hasPostgres()

describe('refuses', () => {
  let dataDir: string

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'switchboard-open-'))
  })
  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true })
  })

  it('an address where nothing listens, without telling the password', async () => {
    const opening = openDatabase({ dataDir, databaseUrl: 'postgresql://ada:secret@127.0.0.1:1/switchboard' })
    await expect(opening).rejects.toThrow(/^Cannot connect to DATABASE_URL at 127\.0\.0\.1:1: nothing listens there\.$/)
    await expect(opening).rejects.toHaveProperty('cause')
  })

  it('what is no address, without repeating it', async () => {
    const opening = openDatabase({ dataDir, databaseUrl: 'postgresql://ada:secret@:x' })
    await expect(opening).rejects.toThrow(/^DATABASE_URL is not an address such as postgresql:[^\n]*$/)
    await expect(opening).rejects.not.toHaveProperty('cause')
  })

  it('a schema other than public', async () => {
    const databaseUrl = 'postgresql://127.0.0.1:1/switchboard?schema=other'
    await expect(openDatabase({ dataDir, databaseUrl })).rejects.toThrow('DATABASE_URL asks for the schema other')
  })

  it.runIf(postgres)('a database that does not exist', async () => {
    const databaseUrl = 'postgresql://root@127.0.0.1:5432/switchboard_none'
    await expect(openDatabase({ dataDir, databaseUrl })).rejects.toThrow(
      'Cannot connect to DATABASE_URL at 127.0.0.1:5432: database "switchboard_none" does not exist',
    )
  })

  it('a PostgreSQL before 15', () => {
    expect(() => refuseOld(140_012, 'db:5432')).toThrow(
      'The PostgreSQL at db:5432 (DATABASE_URL) is version 14: 15 or newer is needed.',
    )
    expect(() => refuseOld(150_000, 'db:5432')).not.toThrow()
  })

  it('a folder that cannot be written', async () => {
    await writeFile(join(dataDir, 'file'), '')
    await expect(openDatabase({ dataDir: join(dataDir, 'file') })).rejects.toThrow(
      `Cannot write to the data folder ${join(dataDir, 'file')} (DATA_DIR): `,
    )
  })

  it('a folder that holds something else', async () => {
    await mkdir(join(dataDir, 'database'))
    await writeFile(join(dataDir, 'database', 'PG_VERSION'), '9.6\n')
    await expect(openDatabase({ dataDir })).rejects.toThrow(
      `The database in ${join(dataDir, 'database')} cannot be opened: `,
    )
    expect(await readdir(dataDir)).toEqual(['database'])
  })
})

describe('embedded', () => {
  let dataDir: string

  beforeEach(async () => {
    dataDir = await freshDataDir()
  })
  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true })
  })

  it('refuses a second process while the first has it open', async () => {
    const first = await openDatabase({ dataDir })
    const second = startChild(
      `import { openDatabase } from '#server/db/open'
       await openDatabase({ dataDir: process.argv[1] }).catch((error) => {
         console.error(error.message)
         process.exitCode = 3
       })`,
      [dataDir],
    )
    await expect(second.ended).resolves.toEqual({
      code: 3,
      errors: `The data folder ${dataDir} is in use by process ${process.pid}: stop it, or give this one another DATA_DIR.\n`,
    })
    await first.close()
  })

  it('names a broken migration, and lets the folder go', async () => {
    const migrations = await mkdtemp(join(tmpdir(), 'switchboard-migrations-'))
    await mkdir(join(migrations, '99990101000000_broken'))
    await writeFile(
      join(migrations, '99990101000000_broken', 'migration.sql'),
      'ALTER TABLE app_user DROP COLUMN nothing;',
    )
    await expect(openDatabase({ dataDir, migrations })).rejects.toThrow(
      'Migration 99990101000000_broken failed and was undone: column "nothing" of relation "app_user" does not exist',
    )
    expect(await readdir(dataDir)).toEqual(['database'])
    await rm(migrations, { recursive: true })
  })

  it('makes a new folder anew when killed while making it, migrates it once, and not when opened again', async () => {
    await rm(join(dataDir, 'database'), { recursive: true })
    await mkdir(join(dataDir, 'database.new'))
    await writeFile(join(dataDir, 'database.new', 'PG_VERSION'), '18\n')
    const first = await openDatabase({ dataDir })
    expect(first.migrated.length).toBeGreaterThan(0)
    const epochs = await first.prisma.logEpoch.findMany()
    expect(epochs).toHaveLength(1)
    await first.close()
    const second = await openDatabase({ dataDir })
    expect(second.migrated).toEqual([])
    expect(await second.prisma.logEpoch.findMany()).toEqual(epochs)
    await second.close()
    expect(await readdir(dataDir)).toEqual(['database'])
  }, 60_000)

  it('closes once, and lets go of the folder', async () => {
    const database = await openDatabase({ dataDir })
    await Promise.all([database.close(), database.close()])
    expect(await readdir(dataDir)).toEqual(['database'])
    await expect(database.check()).rejects.toThrow()
  })

  it('has every acknowledged row after SIGKILL in mid-insert', async () => {
    const writer = `
      import { openDatabase } from '#server/db/open'
      const { prisma } = await openDatabase({ dataDir: process.argv[1] })
      for (let n = 0; ; n++) {
        const key = process.argv[2] + '/' + n
        if (n % 2) await prisma.logRoom.create({ data: { key, seq: n } })
        else await prisma.$transaction(async (tx) => void (await tx.logRoom.create({ data: { key, seq: n } })))
        console.log(key)
      }`
    const acknowledged: string[] = []
    for (const round of ['first', 'second', 'third']) {
      const child = startChild(writer, [dataDir, round])
      let count = 0
      for await (const key of child.lines) {
        acknowledged.push(key)
        if (++count === 200) await child.kill('SIGKILL')
      }
      await child.ended
      expect(count).toBeGreaterThanOrEqual(200)
    }
    const { prisma, close } = await openDatabase({ dataDir })
    const kept = new Set((await prisma.logRoom.findMany()).map(({ key }) => key))
    expect(acknowledged.filter((key) => !kept.has(key))).toEqual([])
    await close()
  }, 60_000)
})

const sizes = [
  { name: 'embedded', skip: false, url: async () => undefined },
  { name: 'server', skip: !postgres, url: createPostgresDatabase },
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
      await Promise.all([...Array.from({ length: 500 }, increment), database.check()])
      clearInterval(counting)
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
