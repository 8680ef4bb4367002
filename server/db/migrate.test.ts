import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { embeddedMigrations } from './embedded'
import { EmbeddedClient } from './embedded-client'
import { applyMigrations, type MigrationTarget } from './migrate'
import { openServer } from './server'
import { createPostgresDatabase, hasPostgres } from './test-postgres'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-migrations-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

async function value(target: MigrationTarget, sql: string): Promise<unknown> {
  return (await target.queryRaw({ sql, args: [], argTypes: [] })).rows[0]?.[0]
}

interface Size {
  target: MigrationTarget
  close(): Promise<void>
}

async function embedded(): Promise<Size> {
  const client = await EmbeddedClient.open()
  return { target: await embeddedMigrations(client), close: () => client.close() }
}

async function server(): Promise<Size> {
  const { url, drop } = await createPostgresDatabase()
  const { migrations } = await openServer(url)
  return { target: migrations, close: () => migrations.close().then(drop) }
}

const sizes = [
  { name: 'PGlite', make: embedded, skip: false },
  { name: 'PostgreSQL', make: server, skip: !(await hasPostgres()) },
]

describe.each(sizes)('on $name', ({ make, skip }) => {
  describe.skipIf(skip)('migrations', () => {
    let size: Size
    let target: MigrationTarget

    // One database for all, emptied in between: a PGlite takes seconds to make.
    beforeAll(async () => {
      size = await make()
      target = size.target
    })
    beforeEach(async () => {
      const tx = await target.begin()
      await tx.executeScript('DROP SCHEMA public CASCADE; CREATE SCHEMA public;')
      await tx.commit()
    })
    afterAll(() => size.close())

    it('names a broken one, says why, and undoes all of it', async () => {
      await addMigration('1_good', 'CREATE TABLE good (id int);')
      await addMigration('2_bad', "CREATE TABLE half (id int); INSERT INTO good VALUES ('no number');")
      await expect(applyMigrations(target, folder)).rejects.toThrow(
        'Migration 2_bad failed and was undone: invalid input syntax for type integer: "no number"',
      )
      expect(await value(target, "SELECT to_regclass('half')::text")).toBeNull()
      expect(await value(target, 'SELECT count(*)::int FROM _prisma_migrations')).toBe(1)
    })

    it('goes on once a broken one is repaired', async () => {
      await addMigration('1_bad', 'CREATE TABEL good (id int);')
      await expect(applyMigrations(target, folder)).rejects.toThrow('Migration 1_bad failed and was undone')
      await addMigration('1_bad', 'CREATE TABLE good (id int);')
      await expect(applyMigrations(target, folder)).resolves.toEqual(['1_bad'])
    })

    it('refuses one that was changed after it was applied', async () => {
      await addMigration('1_good', 'CREATE TABLE good (id int);')
      await applyMigrations(target, folder)
      await addMigration('1_good', 'CREATE TABLE other (id int);')
      await expect(applyMigrations(target, folder)).rejects.toThrow('Migration 1_good was changed after it was applied')
    })

    it("refuses a database that has somebody else's tables", async () => {
      const tx = await target.begin()
      await tx.executeScript('CREATE TABLE theirs (id int)')
      await tx.commit()
      await addMigration('1_good', 'CREATE TABLE good (id int);')
      await expect(applyMigrations(target, folder)).rejects.toThrow('The database schema is not empty')
    })

    it('applies each once, in order, and answers which', async () => {
      await addMigration('2_second', "INSERT INTO good VALUES ('a;b'), ('-- c');")
      await addMigration('1_first', 'CREATE TABLE good (word text);')
      await expect(applyMigrations(target, folder)).resolves.toEqual(['1_first', '2_second'])
      await expect(applyMigrations(target, folder)).resolves.toEqual([])
      await addMigration('3_third', 'CREATE TABLE third (id int);')
      await expect(applyMigrations(target, folder)).resolves.toEqual(['3_third'])
      expect(await value(target, 'SELECT count(*)::int FROM good')).toBe(2)
    })

    it('takes a checkout with other line ends for the same', async () => {
      await addMigration('1_good', 'CREATE TABLE good (\n  id int\n);\n')
      await applyMigrations(target, folder)
      await addMigration('1_good', 'CREATE TABLE good (\r\n  id int\r\n);\r\n')
      await expect(applyMigrations(target, folder)).resolves.toEqual([])
    })
  })
})

it.skipIf(sizes[1]?.skip)('lets only one of the servers that start at once migrate', async () => {
  const database = await createPostgresDatabase()
  for (let number = 1; number <= 5; number++)
    await addMigration(`${number}_step`, `CREATE TABLE step_${number} (id int);`)
  const servers = await Promise.all(Array.from({ length: 4 }, () => openServer(database.url)))
  const applied = await Promise.all(
    servers.map(({ migrations }) => applyMigrations(migrations, folder).finally(() => migrations.close())),
  )
  expect(applied.flat().sort()).toEqual(['1_step', '2_step', '3_step', '4_step', '5_step'])
  await database.drop()
})
