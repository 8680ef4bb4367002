import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lockFolder } from '#server/db/lock'
import { freshDataDir } from '#server/db/template'
import { nodeFlags } from '#server/test-flags'

// Each starts a process, which takes long on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })

let dataDir: string

beforeEach(async () => {
  dataDir = await freshDataDir()
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

/** What ends before it would render a page, because no pages have been built when this runs. */
function startServer(env: Record<string, string>, before = '') {
  const flags = [...nodeFlags, '--import', `data:text/javascript,${before}`]
  const child = spawn(process.execPath, [...flags, resolve('server/index.ts')], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', ...env },
  })
  const output = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  return { child, ended: output.then(([[code], out, errors]) => ({ code, out, errors })) }
}

test('a wrong setting is one line', async () => {
  const { ended } = startServer({ PORT: 'http' })
  const errors = 'PORT was "http"; it may be a whole number from 0 to 65535.\n'
  expect(await ended).toEqual({ code: 1, out: '', errors })
})

test('a folder in use is one line', async () => {
  const lock = await lockFolder(dataDir)
  const { ended } = startServer({})
  const errors = `The data folder ${dataDir} is in use by process ${process.pid}: stop it, or give this one another DATA_DIR.\n`
  expect(await ended).toEqual({ code: 1, out: '', errors })
  await lock.release()
})

test.each([
  ['uncaught exception', 'throw new Error("on purpose")'],
  ['unhandled rejection', 'Promise.reject(new Error("on purpose"))'],
])('an %s is logged with its cause and ends the process in order', async (what, statement) => {
  const { child, ended } = startServer({}, `process.once('SIGUSR2', () => { ${statement} })`)
  await lockAppears()
  child.kill('SIGUSR2')
  const { code, out, errors } = await ended
  expect({ code, errors }).toEqual({ code: 1, errors: '' })
  expect(JSON.parse(out)).toMatchObject({ level: 60, msg: what, err: { type: 'Error', message: 'on purpose' } })
  expect(await readdir(dataDir)).not.toContain('lock')
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s during the boot ends it and leaves no lock', async (signal) => {
  const { child, ended } = startServer({})
  await lockAppears()
  child.kill(signal)
  child.kill(signal)
  expect(await ended).toEqual({ code: 0, out: '', errors: '' })
  expect(await readdir(dataDir)).not.toContain('lock')
})

/** From then on the boot goes on for a while, and is in the middle of it. */
async function lockAppears(): Promise<void> {
  await expect.poll(() => existsSync(join(dataDir, 'lock')), { interval: 5, timeout: 50_000 }).toBe(true)
}
