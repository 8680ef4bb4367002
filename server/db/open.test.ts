import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from './open'
import { refuseOld } from './server'
import { freshDataDir } from './template'
import { startChild } from './test-child'
import { hasPostgres } from './test-postgres'

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
