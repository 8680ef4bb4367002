import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { migrationsFolder } from './migrations'
import { nextMigration, runNewMigration, schemaFile } from './next-migration'
import { startChild } from './test-child'

// Each starts a process, which takes long on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-migrations-'))
  await cp(migrationsFolder, folder, { recursive: true })
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const wrong = [[], ['Add Ticket'], ['add-ticket'], ['../up'], ['add', 'ticket']]

it.each(wrong.map((args) => ({ args })))('answers usage to $args', async ({ args }) => {
  const { code, text } = await runNewMigration(args, folder)
  expect(code).toBe(2)
  expect(text).toMatch(/^usage: npm run db:migration -- <name>/)
})

it('ends with 2 after a bad name', async () => {
  const child = startChild("import '#server/db/new-migration'", ['new-migration.ts', 'Add Ticket'])
  await expect(child.ended).resolves.toEqual({ code: 2, errors: expect.stringMatching(/^usage: npm run db:migration/) })
})

it('says what is wrong with a schema', async () => {
  const schema = join(folder, 'schema.prisma')
  await writeFile(schema, `${await readFile(schemaFile, 'utf8')}model Ticket {\n  id Nothing @id\n}\n`)
  await expect(runNewMigration(['add_ticket'], folder, schema)).rejects.toThrow('Type "Nothing" is neither')
})

it('has a migration for everything in prisma/schema.prisma', async () => {
  expect(await nextMigration(), 'the schema has changed: npm run db:migration -- <name>').toBeNull()
})

it('writes what is new once, and then nothing', async () => {
  const schema = join(folder, 'schema.prisma')
  await writeFile(schema, `${await readFile(schemaFile, 'utf8')}model Ticket {\n  id Int @id\n}\n`)
  const before = await readdir(folder)
  const written = await runNewMigration(['add_ticket'], folder, schema)
  expect(written.code).toBe(0)
  const [name = '', ...others] = (await readdir(folder)).filter((entry) => !before.includes(entry))
  expect(name).toMatch(/^\d{14}_add_ticket$/)
  expect(others).toEqual([])
  expect(written.text).toContain(name)
  await expect(readFile(join(folder, name, 'migration.sql'), 'utf8')).resolves.toMatch(
    /^-- CreateTable\nCREATE TABLE "Ticket" \(/,
  )
  await expect(runNewMigration(['again'], folder, schema)).resolves.toEqual({
    code: 0,
    text: 'Nothing changed: the migrations already lead to prisma/schema.prisma.',
  })
  expect((await readdir(folder)).length).toBe(before.length + 1)
})
