import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bootOfMachine, hasCode } from './holder'

export interface OpenMark {
  /** Runs `mend` when the machine stopped, or may have, while the database was open; when it succeeds, that is settled. */
  ifCutOff(mend: () => Promise<void>): Promise<void>
  /** The database is closed. What is not settled stays. */
  remove(): Promise<void>
}

/**
 * A file beside the embedded database that says, while it is open, in which run of the machine. PGlite has no
 * fsync: a killed process loses nothing, since the system still writes what it was given, but whatever was
 * written shortly before a power cut may be gone. The mark itself is on disk before the database is opened.
 */
export async function markOpen(dataDir: string): Promise<OpenMark> {
  const path = join(dataDir, 'open')
  const boot = bootOfMachine() ?? 'unknown'
  const put = () => writeFile(path, boot, { flush: true, mode: 0o600 })
  const earlier = await readMark(path)
  let cutOff = earlier !== null && (earlier !== boot || boot === 'unknown')
  if (!cutOff) await put()
  return {
    async ifCutOff(mend) {
      if (!cutOff) return
      await mend()
      await put()
      cutOff = false
    },
    async remove() {
      if (!cutOff) await rm(path, { force: true })
    },
  }
}

async function readMark(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}
