import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { boot } from '#server/boot'
import { container } from '#server/container'
import { type Database, openDatabase } from '#server/db/open'
import { freshDataDir } from '#server/db/template'
import { startChild } from '#server/db/test-child'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { readEnvironment } from '#server/env'
import { deleteNode, insertNode, touchNode } from '#server/models/node'
import { sizes } from '#server/test-sizes'
import { ServerNode } from './node'
import { ConnectionRegistry } from './registry'

const quick = { beatEvery: 50, deadAfter: 400 }
vi.setConfig({ testTimeout: 60_000 })
const patience = { timeout: 30_000, interval: 10 }

// One size is enough: both are asked the same, and beats take their time.
describe.each(sizes.slice(-1))('$size', ({ size, open }) => {
  let running: Awaited<ReturnType<typeof open>>
  const started: ServerNode[] = []

  beforeAll(async () => {
    running = await open()
  })
  afterEach(async () => {
    vi.useRealTimers()
    for (const node of started.splice(0)) await node.close()
  })
  afterAll(async () => {
    await running.close()
    await rm(running.env.dataDir, { recursive: true, force: true })
  })

  /** With the ids of the dead it hears of. */
  async function start(options: ConstructorParameters<typeof ServerNode>[0] = quick) {
    const node = new ServerNode(options)
    const dead: string[] = []
    node.onDead((id) => dead.push(id))
    await node.start()
    started.push(node)
    return { node, dead }
  }

  /** A row as a node leaves it that was killed an hour ago, with one connection. */
  async function leaveDead(): Promise<string> {
    const [id, connection] = [randomUUID(), randomUUID()]
    // At once, or someone removes it before it has its connection.
    await running.prisma.$executeRaw`
      WITH gone AS (
        INSERT INTO node (id, started_at, seen_at) VALUES (${id}::uuid, now(), now() - interval '1 hour') RETURNING id
      )
      INSERT INTO connection (id, node_id, path, address, since, rooms)
      SELECT ${connection}, id, '/socket.io', '', now(), '{}' FROM gone`
    return id
  }

  const known = async () => (await running.prisma.node.findMany({ select: { id: true } })).map(({ id }) => id)
  const seenAt = async (id: string) => (await running.prisma.node.findUnique({ where: { id } }))?.seenAt.getTime()

  /** Waits until the node has beaten so often. */
  async function beats(node: ServerNode, count: number): Promise<void> {
    for (let beat = 0; beat < count; beat++) {
      const last = await seenAt(node.id)
      await expect.poll(() => seenAt(node.id), patience).not.toBe(last)
    }
  }

  test('nobody who beats is taken for dead, whatever the time of day on their machines', async () => {
    const [one, other] = [await start(), await start()]
    // The embedded database has no clock but this one.
    if (size === 'server') vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    const late = await start()
    const all = [one, other, late]
    // By then they look.
    const gone = await leaveDead()
    await expect.poll(() => all.flatMap(({ dead }) => dead), patience).toEqual([gone])
    for (const { node } of all) await beats(node, 3)
    expect((await known()).toSorted()).toEqual(all.map(({ node }) => node.id).toSorted())
    expect(all.flatMap(({ dead }) => dead)).toEqual([gone])
  })

  test('whoever was itself away does not take the others for dead', async () => {
    const { node, dead } = await start()
    const other = randomUUID()
    await insertNode(other)
    for (let beat = 0; beat < 12; beat++) {
      await beats(node, 1)
      await touchNode(other)
    }
    expect(dead).toEqual([])
    // As a process that is paused, or a database that does not answer anyone.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * quick.deadAfter)
    await beats(node, 2)
    expect(dead).toEqual([])
    expect(await known()).toContain(other)
    // It has had time to say that it is alive, and has not.
    await expect.poll(() => dead, patience).toEqual([other])
  })

  test('of several nodes one alone hears of a dead one, and its connections go', async () => {
    const nodes = [await start(), await start(), await start()]
    const gone = [await leaveDead(), await leaveDead()]
    await expect.poll(() => nodes.flatMap(({ dead }) => dead).toSorted(), patience).toEqual(gone.toSorted())
    for (const { node } of nodes) await beats(node, 3)
    expect(nodes.flatMap(({ dead }) => dead)).toHaveLength(2)
    expect(await running.prisma.connection.count()).toBe(0)
  })

  test('a listener that fails keeps nobody else from hearing', async () => {
    const { node, dead } = await start()
    node.onDead(() => {
      throw new Error('on purpose')
    })
    const heard: string[] = []
    node.onDead((id) => heard.push(id))
    const gone = [await leaveDead(), await leaveDead()].toSorted()
    await expect.poll(() => heard.toSorted(), patience).toEqual(gone)
    expect(dead.toSorted()).toEqual(gone)
  })

  test('whose row has gone enters itself again, as old as it is', async () => {
    const { node } = await start()
    const returned = new Promise<void>((resolve) => node.onReturn(resolve))
    const before = await running.prisma.node.findUniqueOrThrow({ where: { id: node.id } })
    await deleteNode(node.id)
    await returned
    expect(await running.prisma.node.findUniqueOrThrow({ where: { id: node.id } })).toMatchObject({
      startedAt: before.startedAt,
    })
  })

  test('that closes is gone, with its connections, and nobody takes it for dead', async () => {
    const [one, other] = [await start(), await start()]
    const registry = new ConnectionRegistry(one.node, { writeEvery: 10 })
    registry.open({ id: randomUUID(), path: '/socket.io', address: '' })
    await expect.poll(() => running.prisma.connection.count(), patience).toBe(1)
    await registry.stop()
    await one.node.close()
    expect(await known()).toEqual([other.node.id])
    expect(await running.prisma.connection.count()).toBe(0)
    const gone = await leaveDead()
    await expect.poll(() => other.dead, patience).toEqual([gone])
  })

  test('alone on its database it removes all others at its start', async () => {
    const gone = await leaveDead()
    const recent = randomUUID()
    await insertNode(recent)
    const { node, dead } = await start({ alone: true })
    expect(dead.toSorted()).toEqual([gone, recent].toSorted())
    expect(await known()).toEqual([node.id])
  })
})

test('a server on the embedded database starts with no other node, and leaves none behind', async () => {
  const dataDir = await freshDataDir()
  const inDatabase = async <Result>(work: (node: Database['prisma']['node']) => Promise<Result>) => {
    const { prisma, close } = await openDatabase({ dataDir })
    return work(prisma.node).finally(close)
  }
  const now = new Date()
  await inDatabase((node) => node.create({ data: { id: randomUUID(), startedAt: now, seenAt: now } }))
  const service = await boot({ env: readEnvironment({ DATA_DIR: dataDir }), log: pino({ level: 'silent' }) })
  const { database, node } = container()
  expect(await database.prisma.node.findMany({ select: { id: true } })).toEqual([{ id: node.id }])
  await service.close()
  expect(await inDatabase((node) => node.count())).toBe(0)
  await rm(dataDir, { recursive: true, force: true })
})

/** A whole server, and one socket in its registry; prints its node's id. */
const server = `
  import { pino } from 'pino'
  import { boot } from '#server/boot'
  import { container } from '#server/container'
  import { readEnvironment } from '#server/env'
  const [DATABASE_URL, DATA_DIR] = process.argv.slice(1)
  await boot({ env: readEnvironment({ DATABASE_URL, DATA_DIR }), log: pino({ level: 'silent' }), node: { beatEvery: 100, deadAfter: 600 } })
  container().registry.open({ id: 'in-' + process.pid, path: '/ws/orders', address: '' })
  process.stdout.write(container().node.id + '\\n')
  setInterval(() => {}, 60_000)
`

describe.runIf(await hasPostgres())('two processes on one database', () => {
  const children: ReturnType<typeof startChild>[] = []
  afterEach(async () => {
    for (const child of children) await child.kill('SIGKILL')
  })

  test('the connections of one that is killed go, and those of the other stay', async () => {
    const postgres = await createPostgresDatabase()
    const running = await openTestContainer({ databaseUrl: postgres.url })
    const node = new ServerNode({ beatEvery: 100, deadAfter: 600 })
    await node.start()
    const registry = new ConnectionRegistry(node)
    registry.open({ id: 'here', path: '/ws/orders', address: '' })
    const args = [postgres.url, running.env.dataDir]
    children.push(startChild(server, args), startChild(server, args))
    for (const { lines, ended } of children) {
      const started = await lines.next()
      expect(started.done, started.done ? (await ended).errors : '').toBe(false)
    }
    const ids = async () => (await registry.list()).map(({ id }) => id).toSorted()
    const [one, other] = children.map(({ pid }) => `in-${pid}`)
    await expect.poll(ids, patience).toEqual(['here', one, other].toSorted())
    const killedAt = performance.now()
    await children[0]?.kill('SIGKILL')
    await expect.poll(ids, patience).toEqual(['here', other].toSorted())
    expect(performance.now() - killedAt).toBeGreaterThan(400)
    await registry.stop()
    await node.close()
    await running.close()
    await postgres.drop()
    await rm(running.env.dataDir, { recursive: true, force: true })
  })
})
