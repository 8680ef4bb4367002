import { access, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { embeddedAdapter, embeddedTransaction } from './embedded-adapter'
import { EmbeddedClient } from './embedded-client'
import { makeFolder } from './folder'
import { hasCode } from './holder'
import { type Lock, lockFolder } from './lock'
import type { MigrationTarget } from './migrate'
import type { Opened } from './open'
import { markOpen } from './open-mark'

/** PGlite on `<dataDir>/database`; one process at a time. */
export async function openEmbedded(dataDir: string): Promise<Opened> {
  const lock = await lockDataDir(dataDir)
  const mark = await markOpen(dataDir).catch(async (error: unknown) => {
    await lock.release()
    throw error
  })
  try {
    const client = await openFolder(join(dataDir, 'database'))
    return {
      size: 'embedded',
      adapter: embeddedAdapter(client),
      migrations: await embeddedMigrations(client),
      ifCutOff: mark.ifCutOff,
      executeSql: (text, values) => client.executeSql(text, values),
      close: async () => {
        await client.close()
        await mark.remove()
        await lock.release()
      },
    }
  } catch (error) {
    await mark.remove()
    await lock.release()
    throw error
  }
}

export async function embeddedMigrations(client: EmbeddedClient): Promise<MigrationTarget> {
  const adapter = await embeddedAdapter(client).connect()
  return {
    queryRaw: (query) => adapter.queryRaw(query),
    begin: () => embeddedTransaction(client, 'READ COMMITTED'),
    close: () => adapter.dispose(),
  }
}

async function lockDataDir(dataDir: string): Promise<Lock> {
  try {
    await makeFolder(dataDir)
    return await lockFolder(dataDir)
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC')) throw error
    throw new Error(`Cannot write to the data folder ${dataDir} (DATA_DIR): ${error.code}.`, { cause: error })
  }
}

async function openFolder(folder: string): Promise<EmbeddedClient> {
  try {
    if (!(await exists(folder))) await createFolder(folder)
    return await EmbeddedClient.open(folder)
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new Error(
      `The database in ${folder} cannot be opened: ${why} Move the folder away to start with an empty one.`,
      { cause: error },
    )
  }
}

// Under another name until it is whole: a process killed meanwhile leaves no half of a database.
async function createFolder(folder: string): Promise<void> {
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  const client = await EmbeddedClient.open(unfinished)
  await client.close()
  await rename(unfinished, folder)
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}
