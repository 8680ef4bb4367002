import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { nodeFlags } from '#server/test-flags'

interface Node {
  port: number
  visitors: { name: string; cookie: string; csrfToken: string }[]
}

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so two nodes were not tested.\n')
const children: ChildProcess[] = []
let dataDir: string

async function start(databaseUrl: string, names: string[], redis = 'redis://127.0.0.1:6379'): Promise<Node> {
  const settings = { DATABASE_URL: databaseUrl, REDIS_URL: redis, NEXTAUTH_SECRET: 'x'.repeat(32), DATA_DIR: dataDir }
  const child = spawn(process.execPath, [...nodeFlags, 'server/test-process.ts', ...names], {
    env: { ...process.env, ...settings, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = await once(createInterface(child.stdout), 'line')
  return JSON.parse(line)
}

async function connect(port: number, { cookie, csrfToken }: Node['visitors'][number]): Promise<Socket> {
  const origin = `http://127.0.0.1:${port}`
  const socket = io(origin, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { csrfToken },
    extraHeaders: { origin, cookie },
  })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  return socket
}

describe.runIf(redisListens && (await hasPostgres()))('two nodes on one database and one Redis', () => {
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'switchboard-cluster-'))
    postgres = await createPostgresDatabase()
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await postgres.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('a message posted on one is heard on the other, and a sign-in on one ends the session on the other', async () => {
    const one = await start(postgres.url, ['ada'])
    const [ada] = one.visitors
    if (!ada) throw new Error('Nobody signed in.')
    const two = await start(postgres.url, [])
    const [here, there] = [await connect(one.port, ada), await connect(two.port, ada)]
    for (const socket of [here, there]) await socket.emitWithAck('chat:join', { room: 'general' })
    const id = randomUUID()
    const heard = new Promise((resolve) => there.once('chat:push', resolve))
    expect(await here.emitWithAck('chat:post', { room: 'general', input: { id, body: 'across' } })).toMatchObject({
      ok: true,
    })
    expect(await heard).toMatchObject({ room: 'general', pushes: [{ push: 'posted', seq: 1, data: { id } }] })

    const ended = [here, there].map((socket) => new Promise((resolve) => socket.once('ended', resolve)))
    await start(postgres.url, ['ada'])
    for (const said of await Promise.all(ended)) expect(said).toMatchObject({ reason: 'signed-in-elsewhere' })
    for (const socket of [here, there]) socket.disconnect()
  }, 60_000)
})
