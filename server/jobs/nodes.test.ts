import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { container } from '#server/container'
import { startChild } from '#server/db/test-child'
import { createPostgresDatabase, hasPostgres } from '#server/db/test-postgres'
import { startJob } from '#server/models/job'
import { cancelJob } from '#server/models/job-act'
import { readJob } from '#server/models/job-list'
import type { Actor } from '#server/models/job-row'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { written } from './test-kind'

const redisListens = await new Promise<boolean>((resolve) => {
  const socket = createConnection(6379, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  socket.on('connect', () => socket.end())
})
if (!redisListens) process.stderr.write('Skipped: nothing listens on 127.0.0.1:6379, so two nodes were not tested.\n')

/** This process is one node, which can do no jobs; the other one is a process of its own, which may be killed. */
describe.runIf(redisListens && (await hasPostgres()))('on two nodes with one database and one Redis', () => {
  let postgres: Awaited<ReturnType<typeof createPostgresDatabase>>
  let dataDir: string
  let here: TestServer
  let ada: Actor
  let settings: Record<string, string>
  /** Goes on from test to test. */
  let node: ReturnType<typeof startChild> | undefined

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'switchboard-jobs-'))
    postgres = await createPostgresDatabase()
    settings = {
      DATABASE_URL: postgres.url,
      // Not the stream that other tests use.
      REDIS_URL: 'redis://127.0.0.1:6379/9',
      NEXTAUTH_SECRET: 'a secret for tests, of at least 32 characters',
    }
    here = await startTestServer({ settings })
    // It is to do none itself.
    await container().work.jobs.stop()
    const data = { name: 'ada', passwordHash: 'none', role: 'admin' as const }
    ada = await container().database.prisma.user.create({ data, select: { id: true, name: true, role: true } })
  })
  afterAll(async () => {
    await node?.kill('SIGKILL')
    await here.stop()
    await postgres.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  async function startNode(): Promise<void> {
    const environment = JSON.stringify({ ...settings, DATA_DIR: dataDir, PORT: '0' })
    node = startChild(`Object.assign(process.env, ${environment}); await import('#server/jobs/test-kind-process')`)
    expect(await node.lines.next()).toMatchObject({ value: 'booted' })
  }
  const look = async (id: string) => (await readJob(id)).job

  test('what is cancelled here takes no further step there, and is taken back', async () => {
    await startNode()
    const { id } = await startJob(ada, { id: randomUUID(), kind: 'report', input: {}, visibility: 'own' })
    await eventually(async () => expect((await look(id)).done).toBeGreaterThan(2))
    await cancelJob(ada, id)
    await eventually(async () => expect(await look(id)).toMatchObject({ state: 'cancelled' }))
    expect(await written(id)).toEqual([])

    const kept = (await startJob(ada, { id: randomUUID(), kind: 'reprice', input: { most: 5 }, visibility: 'own' })).id
    await eventually(async () => expect((await look(kept)).done).toBeGreaterThan(2))
    await cancelJob(ada, kept)
    const { done } = await look(kept)
    await eventually(async () => expect(await look(kept)).toMatchObject({ state: 'cancelled', done }))
    expect(await written(kept)).toHaveLength(done)
  }, 60_000)

  test('what ran on a node that ends in order goes on at another one, and says so', async () => {
    const { id } = await startJob(ada, { id: randomUUID(), kind: 'reprice', input: { most: 5 }, visibility: 'own' })
    await eventually(async () => expect((await look(id)).done).toBeGreaterThan(2))
    await node?.kill('SIGTERM')
    const handed = await look(id)
    expect(handed).toMatchObject({ state: 'waiting', attempt: 1 })
    await startNode()
    await eventually(async () => expect(await look(id)).toMatchObject({ state: 'done', attempt: 1 }))
    expect(await written(id)).toEqual(Array.from({ length: 40 }, (_, nth) => nth + 1))
    const said = (await readJob(id)).lines.map(({ text }) => text)
    expect(said).toContain(`The server is restarting; it goes on from product ${handed.done}.`)
  }, 60_000)

  test('what ran on a node that was killed goes on at another one from its last step, and says so', async () => {
    const { id } = await startJob(ada, { id: randomUUID(), kind: 'reprice', input: { most: 5 }, visibility: 'own' })
    await eventually(async () => expect((await look(id)).done).toBeGreaterThan(2))
    await node?.kill('SIGKILL')
    const { done } = await look(id)
    await startNode()
    await eventually(async () => expect(await look(id)).toMatchObject({ attempt: 2 }))
    await eventually(async () => expect(await look(id)).toMatchObject({ state: 'done' }))
    expect(await written(id)).toEqual(Array.from({ length: 40 }, (_, nth) => nth + 1))
    const said = (await readJob(id)).lines.map(({ text }) => text)
    expect(said).toContain(`The server was stopped while this ran; it goes on from product ${done}.`)
  }, 60_000)
})
