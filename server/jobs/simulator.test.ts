import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleCustomers, sampleProducts } from '#prisma/sample-workshop'
import { firstSeries } from '#prisma/series'
import { openTestContainer } from '#server/auth/test-container'
import { container } from '#server/container'
import { freshDataDir } from '#server/db/template'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { createSeries } from '#server/models/number-series'
import { readSimulator, startSimulator, stopSimulator } from '#server/models/simulator'
import { importWorkshop } from '#server/models/workshop-import'
import { startNode, type TestNode } from '#server/test-node'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually, until } from '#server/test-wait'

const orders = () => container().database.prisma.workOrder.count()
const holder = async () =>
  (await container().database.prisma.busyLock.findUnique({ where: { key: 'simulator' } }))?.nodeId

describe('on one node', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ settings: { DEMO_ORDERS: '50' } })
  })
  afterAll(() => server.stop())

  test('it begins at once, goes on after a restart, and stops', async () => {
    const { session } = await server.signIn('ada')
    expect(await orders()).toBe(50)
    await startSimulator(session.user, 600)
    await until(async () => (await orders()) > 55)
    await server.restart()
    expect((await readSimulator()).run).toMatchObject({ speed: 600 })
    const before = await orders()
    await until(async () => (await orders()) > before + 5)

    await stopSimulator(session.user)
    await until(async () => (await holder()) === undefined)
    const stopped = await orders()
    const { simulator } = container().work
    // Once more, and to its end.
    simulator.look()
    await simulator.stop()
    expect(await orders()).toBe(stopped)
    expect(await holder()).toBeUndefined()
    simulator.start()
  })

  test('when its time is over it stops by itself', async () => {
    const { session } = await server.signIn('ada')
    const { version, run } = await startSimulator(session.user, 60)
    const soon = { version, run: run && { ...run, until: Date.now() + 500 } }
    await container().database.prisma.setting.update({ where: { key: 'simulator' }, data: { value: soon } })
    await until(async () => (await readSimulator()).run === null)
    await eventually(async () => expect(await holder()).toBeUndefined())
  })
})

describe.skipIf(!(await hasPostgres()))('on several nodes', () => {
  let running: Awaited<ReturnType<typeof openTestContainer>>
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>
  const nodes: TestNode[] = []
  const folders: string[] = []

  beforeAll(async () => {
    postgres = await createPostgresDatabase()
    running = await openTestContainer({ databaseUrl: postgres.url })
    await createSeries(firstSeries)
    await importWorkshop({ products: sampleProducts, customers: sampleCustomers, orders: 20 })
  })
  afterAll(async () => {
    for (const node of nodes) node.kill('SIGKILL')
    await Promise.all(nodes.map(({ ended }) => ended))
    await running.close()
    await postgres.drop()
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  })

  async function start(): Promise<TestNode> {
    const dataDir = await freshDataDir()
    folders.push(dataDir)
    const node = startNode({ dataDir, settings: { DATABASE_URL: postgres.url } })
    nodes.push(node)
    await node.started
    return node
  }

  test('one of two runs it; the other takes over when that one was killed, and leaves it to others when it ends', async () => {
    const user = await running.prisma.user.create({ data: { name: 'ada', role: 'admin', passwordHash: '' } })
    await startSimulator({ id: user.id, name: 'ada', role: 'admin' }, 600)
    const first = await start()
    await until(async () => (await orders()) > 25)
    const one = await holder()
    const second = await start()
    await until(async () => (await orders()) > 45)
    expect(await holder()).toBe(one)

    first.kill('SIGKILL')
    await first.ended
    // Its lease runs out ten seconds later; only not to wait for that, it does so now.
    await running.prisma.busyLock.update({ where: { key: 'simulator' }, data: { until: new Date(0) } })
    await until(async () => ![one, undefined].includes(await holder()))
    const before = await orders()
    await until(async () => (await orders()) > before + 5)
    second.kill('SIGTERM')
    expect(await second.ended).toBe(0)
    expect(await holder()).toBeUndefined()
    const numbers = await running.prisma.workOrder.findMany({ select: { number: true } })
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length)
  }, 60_000)
})
