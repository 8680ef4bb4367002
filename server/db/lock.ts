import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Holder, hasCode, isAlive, parseHolder, thisProcess } from './holder'

export interface Lock {
  release(): Promise<void>
}

/** PGlite has no lock of its own: two processes on one folder would destroy it. */
export async function lockFolder(folder: string): Promise<Lock> {
  const path = join(folder, 'lock')
  const mine = JSON.stringify({ ...thisProcess(), ticket: randomUUID() })
  // A reload in development starts the next process while the last one is still closing.
  const deadline = Date.now() + 3_000
  for (let holder = await take(path, mine); holder; holder = await take(path, mine)) {
    if (Date.now() > deadline) {
      throw new Error(
        `The data folder ${folder} is in use by process ${holder.pid}: stop it, or give this one another DATA_DIR.`,
      )
    }
    await sleep(50)
  }
  return {
    async release() {
      if ((await read(path)) === mine) await rm(path, { force: true })
    },
  }
}

/** Answers who has it, or null when it is ours now. */
async function take(path: string, mine: string): Promise<Holder | null> {
  for (;;) {
    if (await create(path, mine)) return null
    const text = await read(path)
    if (text === null) continue
    const holder = parseHolder(text)
    if (holder && isAlive(holder)) return holder
    // Not a holder's yet, or never: one that was killed before it wrote stays like this.
    if (!holder && !(await staysAs(path, text))) continue
    const claimant = await replace(path, text, mine)
    if (claimant !== 'changed') return claimant
  }
}

/**
 * Two starters may find the same dead holder, and the slower must not take what the faster has just taken. So a
 * lock is replaced only under a second one named after its text, which no other lock ever has again.
 */
async function replace(path: string, dead: string, mine: string): Promise<Holder | null | 'changed'> {
  const claim = `${path}.${createHash('sha256').update(dead).digest('hex').slice(0, 16)}`
  const claimant = await take(claim, mine)
  if (claimant) return claimant
  try {
    if ((await read(path)) !== dead) return 'changed'
    await writeFile(`${claim}.next`, mine)
    await rename(`${claim}.next`, path)
    return null
  } finally {
    await rm(claim, { force: true })
  }
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

async function staysAs(path: string, text: string): Promise<boolean> {
  await sleep(500)
  return (await read(path)) === text
}
