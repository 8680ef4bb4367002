import { rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessions } from '#channels/session'
import { container } from '#server/container'
import { freshDataDir } from '#server/db/template'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { endSession } from '#server/models/session'
import { startNode, type TestNode } from '#server/test-node'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so two nodes were not tested.\n')

describe.runIf(redisListens && (await hasPostgres()))('a tab that is open on another node', () => {
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>
  let here: TestServer
  let dataDir: string
  let node: TestNode
  let visitor: { sessionId: string; cookie: string; csrfToken: string }
  let origin: string
  const sockets: Socket[] = []

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
    const { port, visitors } = await node.started
    const [ben] = visitors
    if (!ben) throw new Error('Nobody is signed in.')
    visitor = ben
    origin = `http://127.0.0.1:${port}`
  })
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect()
    node?.kill('SIGKILL')
    await here?.stop()
    await rm(dataDir, { recursive: true, force: true })
    await postgres.drop()
  })

  async function open(): Promise<Socket> {
    const { cookie, csrfToken } = visitor
    const options = { transports: ['websocket'], forceNew: true, reconnection: false }
    const socket = io(origin, { ...options, auth: { csrfToken }, extraHeaders: { origin, cookie } })
    sockets.push(socket)
    await new Promise((resolve, reject) => socket.once('person', resolve).once('connect_error', reject))
    return socket
  }

  async function shownHere(): Promise<string[]> {
    const { userId } = await container().database.prisma.session.findUniqueOrThrow({ where: { id: visitor.sessionId } })
    const shown = container().latest.read(sessions, userId) ?? []
    return shown.map(({ key = '' }) => key)
  }

  test('is shown on this one, until it is closed there', async () => {
    const [kept, closed] = [await open(), await open()]
    const ids = [kept.id ?? '', closed.id ?? '']
    await eventually(async () => expect((await shownHere()).toSorted()).toEqual(ids.toSorted()))
    closed.disconnect()
    await eventually(async () => expect(await shownHere()).toEqual([kept.id]))
  })

  test('is told why, and goes, when its session is ended on this one', async () => {
    const told = new Promise((resolve) => sockets[0]?.once('ended', resolve))
    await endSession(visitor.sessionId, 'revoked')
    expect(await told).toMatchObject({ reason: 'revoked', retry: false })
    await eventually(async () => expect(await shownHere()).toEqual([]))
  })
})
