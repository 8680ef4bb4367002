import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '#server/db/folder'
import type { Environment } from '#server/env'

/** NEXTAUTH_SECRET, or one made at the first start and kept in the data folder, for this user's eyes only. */
export async function readSecret({ nextauthSecret, dataDir }: Environment): Promise<string> {
  if (nextauthSecret) return nextauthSecret
  const path = join(dataDir, 'secret')
  await makeFolder(dataDir)
  // Written whole beside it and then linked: of two that start at once one wins, and neither reads half of it.
  const made = `${path}.${process.pid}`
  await writeFile(made, randomBytes(32).toString('base64url'), { mode: 0o600 })
  try {
    await link(made, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(made)
  }
  return readFile(path, 'utf8')
}
