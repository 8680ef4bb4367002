import { createHash } from 'node:crypto'
import { constants, cpSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { hasCode } from './holder'
import { migrationsFolder, readMigrations } from './migrations'
import { openDatabase } from './open'

/**
 * A migrated database folder for tests to copy, because making one takes seconds. It is kept between runs under
 * a name that changes with the migrations and with PGlite.
 */
export async function prepareTemplate(): Promise<string> {
  const path = join(tmpdir(), `switchboard-template-${await fingerprint()}`)
  if (await isFolder(path)) return path
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-template-new-'))
  try {
    const database = await openDatabase({ dataDir })
    await database.close()
    await rename(join(dataDir, 'database'), path)
  } catch (error) {
    // Another worker was faster; its template is as good.
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) throw error
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
  return path
}

/** A new data folder whose database is migrated already. Whoever asked for it removes it. */
export async function freshDataDir(): Promise<string> {
  const template = await prepareTemplate()
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-data-'))
  // Five times as fast as without Sync, for so many small files.
  cpSync(template, join(dataDir, 'database'), { recursive: true, mode: constants.COPYFILE_FICLONE })
  return dataDir
}

async function fingerprint(): Promise<string> {
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const hash = createHash('sha256').update(await readFile(join(dirname(pglite), '..', 'package.json')))
  for (const { name, checksum } of await readMigrations(migrationsFolder)) hash.update(`${name} ${checksum}\n`)
  return hash.digest('hex').slice(0, 16)
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}
