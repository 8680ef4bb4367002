import { rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { container } from '#server/container'
import { freshDataDir } from '#server/db/template'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { renewSession } from '#server/models/session'
import { changeRole } from '#server/models/user'
import { startNode, type TestNode } from '#server/test-node'
import type { Started } from '#server/test-process'
import { startTestServer, type TestServer } from '#server/test-server'

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so two nodes were not tested.\n')

/** What happens on this node, to sockets that are open on another, which is a process of its own. */
describe.runIf(redisListens && (await hasPostgres()))('on another node', () => {
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>
  let here: TestServer
  let dataDir: string
  let node: TestNode
  let there: Started
  let socket: Socket

  beforeAll(async () => {
    postgres = await createPostgresDatabase()
    const settings = {
      DATABASE_URL: postgres.url,
      REDIS_URL: 'redis://127.0.0.1:6379',
      NEXTAUTH_SECRET: 'a secret for tests, of at least 32 characters',
    }
    here = await startTestServer({ settings })
    dataDir = await freshDataDir()
    node = startNode({ dataDir, names: ['ben'], settings })
    there = await node.started
  })
  afterAll(async () => {
    socket?.disconnect()
    node?.kill('SIGKILL')
    await here?.stop()
    await rm(dataDir, { recursive: true, force: true })
    await postgres.drop()
  })

  async function connect(): Promise<Socket> {
    const [ben] = there.visitors
    const origin = `http://127.0.0.1:${there.port}`
    const made = io(origin, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { csrfToken: ben?.csrfToken },
      extraHeaders: { origin, cookie: ben?.cookie ?? '' },
    })
    await new Promise((resolve, reject) => made.once('person', resolve).once('connect_error', reject))
    return made
  }

  test('a change of role opens rooms, and closes them', async () => {
    const { user: users } = container().database.prisma
    const root = await users.create({ data: { name: 'root', role: 'admin', passwordHash: 'none' } })
    const ben = await users.findUniqueOrThrow({ where: { name: 'ben' } })
    socket = await connect()
    const join = () => socket.emitWithAck('broadcast:join', { room: 'admin' })
    const told = (event: string) => new Promise((resolve) => socket.once(event, resolve))
    expect(await join()).toMatchObject({ ok: false, code: 'forbidden' })
    // A node that has just started may not hear the others yet: told again until it does.
    const promoted = told('person')
    const promote = setInterval(() => void changeRole(root, ben.id, 'admin'), 250)
    expect(await promoted).toEqual({ id: ben.id, name: 'ben', role: 'admin' })
    clearInterval(promote)
    expect(await join()).toMatchObject({ ok: true })
    const left = told('broadcast:left')
    await changeRole(root, ben.id, 'member')
    expect(await left).toMatchObject({ room: 'admin', code: 'forbidden' })
  })

  test('a renewal is known', async () => {
    const [{ sessionId: id } = { sessionId: '' }] = there.visitors
    const expiresAt = new Date(Date.now() + 60_000)
    await container().database.prisma.session.update({ where: { id }, data: { expiresAt } })
    socket.disconnect()
    socket = await connect()
    const alive = () => socket.emitWithAck('alive', {})
    expect(await alive()).toMatchObject({ ok: true, renew: true })
    await renewSession(id)
    await expect.poll(alive).toEqual({ ok: true, behind: {}, now: expect.any(Number) })
  })
})
