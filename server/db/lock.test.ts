import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { thisProcess } from './holder'
import { lockFolder } from './lock'
import { startChild } from './test-child'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-lock-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const hold = `
  import { lockFolder } from '#server/db/lock'
  const lock = await lockFolder(process.argv[1])
  process.on('SIGTERM', () => lock.release().then(() => process.exit()))
  setInterval(() => {}, 1000)
  console.log('held')
`

it('refuses a folder that another process holds, and says which and what to do', async () => {
  const child = startChild(hold, [folder])
  await child.lines.next()
  await expect(lockFolder(folder)).rejects.toThrow(
    `The data folder ${folder} is in use by process ${child.pid}: stop it, or give this one another DATA_DIR.`,
  )
  await child.kill('SIGTERM')
})

it('refuses a folder that this process holds', async () => {
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`)
  await lock.release()
})

it('takes over at once after SIGKILL', async () => {
  const child = startChild(hold, [folder])
  await child.lines.next()
  await child.kill('SIGKILL')
  await expect(readFile(join(folder, 'lock'), 'utf8')).resolves.toContain(`"pid":${child.pid}`)
  const lock = await lockFolder(folder)
  await lock.release()
})

it.runIf(process.platform === 'linux')('takes over from a process whose id was given out again', async () => {
  await writeFile(join(folder, 'lock'), JSON.stringify({ ...thisProcess(), started: 'another boot 1' }))
  const lock = await lockFolder(folder)
  await expect(readFile(join(folder, 'lock'), 'utf8')).resolves.not.toContain('another boot')
  await lock.release()
})

it('takes over a lock whose maker was killed before it wrote into it', async () => {
  await writeFile(join(folder, 'lock'), '')
  const lock = await lockFolder(folder)
  await lock.release()
})

it('waits for a holder that is shutting down', async () => {
  const child = startChild(hold, [folder])
  await child.lines.next()
  const waiting = lockFolder(folder)
  await child.kill('SIGTERM')
  await (await waiting).release()
})

it('gives a dead holder’s folder to one of many starters, never to two', async () => {
  const dead = JSON.stringify({ pid: process.pid, started: 'another boot 1' })
  for (let round = 0; round < 12; round++) {
    await writeFile(join(folder, 'lock'), dead)
    let holders = 0
    await Promise.all(
      Array.from({ length: 4 }, async (_, starter) => {
        // Each a little later than the last, and more so every round, so that they meet at every step.
        for (let turn = 0; turn < starter * round * 3; turn++) await new Promise(setImmediate)
        const lock = await lockFolder(folder)
        expect(++holders).toBe(1)
        // Held for as long as a thief would need.
        for (let turn = 0; turn < 20; turn++) await readFile(join(folder, 'lock'))
        holders--
        await lock.release()
      }),
    )
  }
})

it('leaves nothing in the folder', async () => {
  await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: 'another boot 1' }))
  const lock = await lockFolder(folder)
  await expect(readdir(folder)).resolves.toEqual(['lock'])
  await lock.release()
  await expect(readdir(folder)).resolves.toEqual([])
})
