import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#server/db/open'
import { freshDataDir } from '#server/db/template'
import { readEnvironment } from '#server/env'
import { nodeFlags } from '#server/test-flags'
import { verifyPassword } from './password'

let dataDir: string

beforeAll(async () => {
  dataDir = await freshDataDir()
})

async function addUser(args: string[], input: string) {
  const child = spawn(process.execPath, [...nodeFlags, resolve('server/auth/add-user.ts'), ...args], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' },
  })
  child.stdin.end(input)
  const ended = new Promise<number | null>((done) => child.on('close', done))
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, out, err }
}

test.each([[], ['ben', '--root'], ['Ben Hur']])('%j is no usage', async (...args) => {
  const { code, out, err } = await addUser(args, 'a good password\n')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain('Usage: npm run user:add -- <name> [--admin]')
})

test.each(['', 'switchboard\n'])('%j is no password', async (input) => {
  const { code, err } = await addUser(['ben'], input)
  expect(code).toBe(1)
  expect(err).toMatch(/password/)
})

test('a first admin is made, once, and the password is not repeated', { timeout: 60_000 }, async () => {
  const made = await addUser(['Ben', '--admin'], 'a good password\n')
  expect(made).toEqual({ code: 0, out: 'ben can sign in now, as admin.\n', err: '' })
  const again = await addUser(['ben'], 'a good password\n')
  expect(again).toEqual({ code: 1, out: '', err: 'There is already a person named "ben".\n' })

  const database = await openDatabase(readEnvironment({ DATA_DIR: dataDir }))
  const [user, ...others] = await database.prisma.user.findMany()
  await database.close()
  expect(others).toHaveLength(0)
  expect(user?.role).toBe('admin')
  expect(await verifyPassword(user?.passwordHash, 'a good password')).toBe(true)
})
