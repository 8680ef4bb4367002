import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { happening, monitor } from '#channels/monitor'
import { container } from '#server/container'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { createApiKey, revokeApiKey } from '#server/models/api-key'
import { endSession } from '#server/models/session'
import { startNode, type TestNode } from '#server/test-node'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { getClient } from './outbound/clients'
import { openClient } from './outbound/operate'
import { socketService } from './socket-service'
import { openSocket } from './test-client'

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so two nodes were not tested.\n')

/** This process is one node, so that the service can be asked; the other one is a process of its own. */
describe.runIf(redisListens && (await hasPostgres()))('on two nodes with one database and one Redis', () => {
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>
  let dataDir: string
  let here: TestServer
  let node: TestNode
  let there: { url: string }
  let ada: Visitor

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'switchboard-sockets-'))
    postgres = await createPostgresDatabase()
    const settings = {
      DATABASE_URL: postgres.url,
      // Not the stream that other tests use.
      REDIS_URL: 'redis://127.0.0.1:6379/7',
      NEXTAUTH_SECRET: 'a secret for tests, of at least 32 characters',
    }
    here = await startTestServer({ settings })
    node = startNode({ dataDir, settings, names: ['ada'] })
    there = { url: `http://127.0.0.1:${(await node.started).port}` }
    ada = await here.signIn('ada')
  })
  afterAll(async () => {
    node.kill('SIGTERM')
    await node.ended
    await here.stop()
    await postgres.drop()
    await rm(dataDir, { recursive: true, force: true })
  })
  // Those of the test before: a node hears of what closes on the other a moment later.
  beforeEach(() => eventually(async () => expect(await socketService.count()).toBe(0)))

  test('the service finds, counts and reaches the sockets of both', async () => {
    const userId = ada.session.user.id
    const sockets = [await openSocket(here, 'echo', ada), await openSocket(there, 'echo', ada)]
    const line = io(there.url, {
      transports: ['websocket'],
      forceNew: true,
      auth: { csrfToken: ada.csrfToken },
      extraHeaders: { origin: there.url, cookie: ada.cookie },
    })
    const heard = new Promise((resolve) => line.once('message', resolve))
    await eventually(async () => expect(await socketService.count()).toBe(3))

    expect([...(await socketService.numberOfConnections('node')).values()].toSorted()).toEqual([1, 2])
    expect(Object.fromEntries(await socketService.numberOfConnections('path'))).toEqual({
      '/ws/echo': 2,
      '/socket.io': 1,
    })
    expect(Object.fromEntries(await socketService.numberOfConnections('user'))).toEqual({ [userId]: 3 })
    expect(await socketService.exists(userId, '/socket.io')).toBe(true)
    expect(await socketService.exists(userId, '/ws/time')).toBe(false)
    expect(new Set((await socketService.list({ userId })).map(({ nodeId }) => nodeId)).size).toBe(2)

    expect(await socketService.send(userId, 'to the raw ones', '/ws/*')).toBe(2)
    for (const socket of sockets) expect(await socket.next()).toBe('to the raw ones')
    expect(await socketService.send(userId, { to: 'all' }, '/socket.io')).toBe(1)
    expect(await heard).toEqual({ to: 'all' })
    for (const { ws } of sockets) ws.terminate()
    line.disconnect()
  })

  test('an outbound socket that was opened on one is seen, used and closed from the other', async () => {
    const { prisma } = container().database
    await prisma.user.update({ where: { id: ada.session.user.id }, data: { role: 'admin' } })
    const admin = { ...ada.session.user, role: 'admin' as const }
    const line = io(there.url, {
      transports: ['websocket'],
      forceNew: true,
      auth: { csrfToken: ada.csrfToken },
      extraHeaders: { origin: there.url, cookie: ada.cookie },
    })
    const ask = (call: string, input: object) => line.emitWithAck(`outbound:${call}`, { room: 'all', input })
    const { id } = openClient(admin, { uri: `${here.url.replace('http', 'ws')}/ws/time` })
    const stateThere = async () => {
      const { latest } = await line.emitWithAck('outbound:join', { room: 'all' })
      return latest.find(({ push, key }: { push: string; key: string }) => push === 'changed' && key === id)?.data.state
    }
    await eventually(async () => expect(await stateThere()).toBe('open'))

    expect(await ask('send', { id, text: 'what time is it?' })).toEqual({ ok: true, output: { outcome: 'sent' } })
    expect(await ask('close', { id })).toEqual({ ok: true, output: { id } })
    await eventually(async () => expect(await stateThere()).toBe('closed'))
    expect(getClient(id)).toBeNull()
    line.disconnect()
  })

  test('a key that is revoked on one closes its sockets on the other', async () => {
    const admin = { ...ada.session.user, role: 'admin' as const }
    const { key, apiKey } = await createApiKey(admin, { name: 'a test', scopes: ['device'], expiresAt: null })
    const socket = await openSocket(there, 'device', {}, { headers: { authorization: `Bearer ${key}` } })
    await revokeApiKey(admin, apiKey.id)
    expect(await socket.closed).toEqual({ code: 4001, reason: 'revoked' })
  })

  test('one socket of the other is told something, and ended; a tab is told so', async () => {
    const raw = await openSocket(there, 'echo', ada)
    const line = io(there.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { csrfToken: ada.csrfToken },
      extraHeaders: { origin: there.url, cookie: ada.cookie },
    })
    const ended = new Promise((resolve) => line.once('ended', resolve))
    const idOn = async (path: string) => (await socketService.list({ path }))[0]?.id ?? ''
    await eventually(async () => expect(await socketService.count()).toBe(2))

    expect(await socketService.sendTo(await idOn('/ws/echo'), 'hello')).toBe(true)
    expect(await raw.next()).toBe('hello')
    expect(await socketService.end(await idOn('/ws/echo'))).toBe(true)
    expect(await raw.closed).toEqual({ code: 4001, reason: 'revoked' })
    expect(await socketService.end(await idOn('/socket.io'))).toBe(true)
    expect(await ended).toMatchObject({ reason: 'revoked', retry: false, only: 'socket' })
    await eventually(async () => expect(await socketService.count()).toBe(0))
  })

  test('whoever looks at the monitor here sees the figures of both, and what happened to a person on the other', async () => {
    const admin = await here.connect(ada)
    const watch = (room: string) => admin.emitWithAck('monitor:join', { room })
    await Promise.all([watch('all'), watch(ada.session.user.id)])
    const raw = await openSocket(there, 'echo', ada)
    const shown = (room: string) => JSON.stringify(container().latest.read(monitor, room))
    await eventually(() => {
      const measured =
        container()
          .latest.read(monitor, 'all')
          ?.filter(({ push }) => push === 'measured') ?? []
      expect(measured).toHaveLength(2)
      expect(shown('all')).toContain('{"path":"/ws/echo","open":1}')
    })
    raw.ws.terminate()
    await eventually(() => {
      const other = container()
        .latest.read(monitor, ada.session.user.id)
        ?.filter(({ data }) => {
          const { node, path, reason } = happening.parse(data)
          return node !== container().node.id && path === '/ws/echo' && reason === 'transport'
        })
      expect(other?.length).toBeGreaterThan(0)
    })
    admin.disconnect()
  })

  test('a node that has died is not waited for, and not counted', async () => {
    const socket = await openSocket(there, 'echo', ada)
    await eventually(async () => expect(await socketService.count('/ws/echo')).toBe(1))
    node.kill('SIGSTOP')
    const before = Date.now()
    expect(await socketService.send(ada.session.user.id, 'nobody hears')).toBe(0)
    expect(Date.now() - before).toBeLessThan(4_000)
    node.kill('SIGCONT')
    socket.ws.terminate()
  })

  test('a session that ends on one closes its sockets on both', async () => {
    const sockets = [await openSocket(here, 'echo', ada), await openSocket(there, 'my-endpoint', ada)]
    await endSession(ada.session.id, 'revoked')
    for (const socket of sockets) expect(await socket.closed).toEqual({ code: 4001, reason: 'revoked' })
  })
})
