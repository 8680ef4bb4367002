import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bootOfMachine } from './holder'
import { openDatabase } from './open'
import { markOpen } from './open-mark'
import { freshDataDir } from './template'
import { startChild } from './test-child'
import { createPostgresDatabase, hasPostgres, runOnPostgres } from './test-postgres'

const epochOf = async (options: Parameters<typeof openDatabase>[0]) => {
  const { prisma, close } = await openDatabase(options)
  const { epoch } = await prisma.logEpoch.findFirstOrThrow()
  await close()
  return epoch
}

describe('the mark of an open folder', () => {
  let folder: string
  let mended: number
  const mend = async () => void mended++

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switchboard-mark-'))
    mended = 0
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it.each([
    ['another boot', '6c3e1f7a-0000-4000-8000-000000000000'],
    ['one that was not written to the end', ''],
  ])('stays, of %s, until what may be lost is mended', async (_, text) => {
    await writeFile(join(folder, 'open'), text)
    const failing = await markOpen(folder)
    await expect(failing.ifCutOff(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await failing.remove()
    const next = await markOpen(folder)
    await next.ifCutOff(mend)
    await next.ifCutOff(mend)
    expect(mended).toBe(1)
    await next.remove()
    await expect(access(join(folder, 'open'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.runIf(bootOfMachine())('of a process that was killed while the machine ran on means nothing', async () => {
    await (await markOpen(folder)).ifCutOff(mend)
    expect(await readFile(join(folder, 'open'), 'utf8')).toBe(bootOfMachine())
    await (await markOpen(folder)).ifCutOff(mend)
    expect(mended).toBe(0)
  })
})

describe('embedded', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await freshDataDir()
  })
  afterEach(() => rm(dataDir, { recursive: true, force: true }))

  it('begins a new epoch after a power cut, once', async () => {
    const before = await epochOf({ dataDir })
    await writeFile(join(dataDir, 'open'), 'another boot')
    const after = await epochOf({ dataDir })
    expect(after).not.toBe(before)
    expect(await epochOf({ dataDir })).toBe(after)
  }, 30_000)

  it('begins one when an operator says so, and not while a server has the folder open', async () => {
    const source = "process.env.DATA_DIR = process.argv[1]; await import('#server/db/new-epoch')"
    const command = () => startChild(source, [dataDir]).ended
    const before = await epochOf({ dataDir })
    const database = await openDatabase({ dataDir })
    const refused = await command()
    expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining(`is in use by process ${process.pid}`) })
    await database.close()
    expect(await command()).toMatchObject({ code: 0 })
    expect(await epochOf({ dataDir })).not.toBe(before)
  }, 30_000)
})

describe.runIf(await hasPostgres())('on PostgreSQL', () => {
  const dataDir = ''
  let database: Awaited<ReturnType<typeof createPostgresDatabase>>
  let name: string
  beforeEach(async () => {
    database = await createPostgresDatabase()
    name = new URL(database.url).pathname.slice(1)
  })
  afterEach(() => database.drop())

  it('begins none where the history may not be read', async () => {
    // Superusers may read everything, so somebody else must ask.
    await runOnPostgres(`CREATE ROLE ${name} LOGIN`)
    try {
      await runOnPostgres('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM public', database.url)
      await runOnPostgres(`ALTER DATABASE ${name} OWNER TO ${name}`)
      const databaseUrl = database.url.replace('//root@', `//${name}@`)
      const before = await epochOf({ dataDir, databaseUrl })
      await runOnPostgres("UPDATE log_epoch SET history = 'another'", database.url)
      expect(await epochOf({ dataDir, databaseUrl })).toBe(before)
    } finally {
      await runOnPostgres(`ALTER DATABASE ${name} OWNER TO root`)
      await runOnPostgres(`REASSIGN OWNED BY ${name} TO root; DROP OWNED BY ${name}`, database.url)
      await runOnPostgres(`DROP ROLE ${name}`)
    }
  })

  it('begins one in a database that was made from a copy, and on another timeline, once each', async () => {
    const before = await epochOf({ dataDir, databaseUrl: database.url })
    expect(await epochOf({ dataDir, databaseUrl: database.url })).toBe(before)
    await runOnPostgres(`CREATE DATABASE ${name}_copy TEMPLATE ${name}`)
    try {
      const databaseUrl = database.url.replace(name, `${name}_copy`)
      const copied = await epochOf({ dataDir, databaseUrl })
      expect(copied).not.toBe(before)
      expect(await epochOf({ dataDir, databaseUrl })).toBe(copied)
      // As if it had been seen before a standby took over.
      await runOnPostgres("UPDATE log_epoch SET history = left(history, -8) || '00000000'", databaseUrl)
      const { prisma, noteHistory, close } = await openDatabase({ dataDir, databaseUrl })
      expect((await prisma.logEpoch.findFirstOrThrow()).epoch).not.toBe(copied)
      expect(await noteHistory()).toBe(false)
      await runOnPostgres("UPDATE log_epoch SET history = left(history, -8) || '00000000'", databaseUrl)
      expect(await noteHistory()).toBe(true)
      await close()
    } finally {
      await runOnPostgres(`DROP DATABASE ${name}_copy WITH (FORCE)`)
    }
  })
})
