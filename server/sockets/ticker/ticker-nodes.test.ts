import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Quote, quote } from '#channels/ticker'
import type { PushFrame } from '#channels/wire'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { startNode, type TestNode } from '#server/test-node'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { TestExchange } from './test-exchange'

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so two nodes were not tested.\n')

/** This process is one node; the other one is a process of its own, which can be killed. */
describe.runIf(redisListens && (await hasPostgres()))('on two nodes with one database and one Redis', () => {
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>
  let exchange: TestExchange
  let dataDir: string
  let here: TestServer
  let node: TestNode
  let there: string
  let ada: Visitor
  const sockets: Socket[] = []

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'switchboard-ticker-'))
    exchange = await TestExchange.open()
    postgres = await createPostgresDatabase()
    const settings = {
      ...exchange.settings,
      DATABASE_URL: postgres.url,
      REDIS_URL: 'redis://127.0.0.1:6379/9',
      NEXTAUTH_SECRET: 'a secret for tests, of at least 32 characters',
    }
    here = await startTestServer({ settings })
    node = startNode({ dataDir, settings, names: ['ada'] })
    there = `http://127.0.0.1:${(await node.started).port}`
    ada = await here.signIn('ada')
  })
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect()
    node.kill('SIGKILL')
    await node.ended
    await here.stop()
    exchange.close()
    await postgres.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  /** What a tab on one of the nodes was sent last of each symbol. */
  async function look(url: string, room: string): Promise<Map<string, Quote>> {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      auth: { csrfToken: ada.csrfToken },
      extraHeaders: { origin: url, cookie: ada.cookie },
    })
    sockets.push(socket)
    const prices = new Map<string, Quote>()
    socket.on('ticker:push', ({ pushes }: PushFrame) => {
      for (const { push, key = '', data } of pushes) if (push === 'quoted') prices.set(key, quote.parse(data))
    })
    expect(await socket.emitWithAck('ticker:join', { room })).toMatchObject({ ok: true })
    return prices
  }

  test('one node alone has the line, both show its quotes, and when it is killed the other takes over', async () => {
    const far = await look(there, '10')
    await eventually(() => expect(exchange.peers).toHaveLength(1))
    const near = await look(here.url, '50')
    let price = 0
    // Said again and again: the node that has the line has yet to hear that this room is wanted.
    await eventually(() => {
      exchange.quote('TWO-NODES', ++price)
      for (const prices of [far, near]) expect(prices.get('TWO-NODES')?.price).toBeGreaterThan(1)
    })
    expect(exchange.peers).toHaveLength(1)

    node.kill('SIGKILL')
    await node.ended
    const before = near.get('TWO-NODES')?.number ?? 0
    await eventually(() => {
      exchange.quote('TWO-NODES', 4_711)
      expect(near.get('TWO-NODES')).toMatchObject({ price: 4_711 })
    })
    expect(exchange.peers).toHaveLength(1)
    // Counting goes on where the other had come to.
    expect(near.get('TWO-NODES')?.number).toBeGreaterThan(before)
  }, 60_000)
})
