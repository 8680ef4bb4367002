import { randomInt, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { io } from 'socket.io-client'
import { afterEach, expect, onTestFailed, test } from 'vitest'
import type { JobDetail, JobProgress } from '#channels/job'
import { seed as fillWorkshop } from '#prisma/seed'
import { openTestContainer } from '#server/auth/test-container'
import { freshDataDir } from '#server/db/template'
import { cancelJob } from '#server/models/job-act'
import { startImport } from '#server/models/order-import'
import { storeUpload } from '#server/models/order-import-upload'
import { Random } from '#server/random'
import { startNode, type TestNode } from '#server/test-node'
import { makeOrderFile } from './test-order-file'

const seed = randomInt(1_000_000)
const settings = { DEMO_ORDERS: '0' }
let dataDir: string | undefined
let node: TestNode | undefined

afterEach(async () => {
  node?.kill('SIGKILL')
  await node?.ended
  if (dataDir) await rm(dataDir, { recursive: true, force: true })
})

/** Asks a database that no process has open. */
async function inside<Result>(
  ask: (running: Awaited<ReturnType<typeof openTestContainer>>) => Promise<Result>,
): Promise<Result> {
  const running = await openTestContainer({ dataDir: dataDir ?? '', demoOrders: 0 })
  try {
    return await ask(running)
  } finally {
    await running.close()
  }
}

/** Starts the server, and resolves with how the job stands once `enough` holds. */
async function runUntil(jobId: string, enough: (job: Pick<JobDetail, 'state' | 'done'>) => boolean) {
  node = startNode({ dataDir: dataDir ?? '', names: ['ben'], settings })
  const { port, visitors } = await node.started
  const origin = `http://127.0.0.1:${port}`
  const socket = io(origin, {
    transports: ['websocket'],
    forceNew: true,
    auth: { csrfToken: visitors[0]?.csrfToken },
    extraHeaders: { origin, cookie: visitors[0]?.cookie ?? '' },
  })
  try {
    return await new Promise<Pick<JobDetail, 'state' | 'done'>>((resolve) => {
      const look = (job: Pick<JobDetail, 'state' | 'done'>) => enough(job) && resolve(job)
      socket.on('job:push', ({ pushes }: { pushes: { push: string; data?: JobDetail | JobProgress }[] }) => {
        for (const { push, data } of pushes) {
          if (data && push === 'changed' && 'state' in data) look(data)
          if (data && push === 'progressed') look({ state: 'running', done: data.done })
        }
      })
      socket.once('connect', async () => {
        // Without an answer when what was waited for has come by a push.
        const joined = await socket.emitWithAck('job:join', { room: jobId }).catch(() => undefined)
        const job: JobDetail | undefined = joined?.state.job
        if (job?.state !== 'cancelled') return job && look(job)
        await socket.emitWithAck('job:retry', { room: jobId, input: { attempt: job.attempt } })
      })
    })
  } finally {
    socket.disconnect()
  }
}

test('an import whose process is killed is finished, with nothing twice and nothing missing', async () => {
  onTestFailed(() => void process.stderr.write(`seed ${seed}\n`))
  const random = new Random(seed)
  dataDir = await freshDataDir()
  const file = makeOrderFile({ orders: 2_000, errors: 60, seed })
  async function* body() {
    yield Buffer.from(file.text)
  }
  const id = await inside(async ({ env, prisma }) => {
    await fillWorkshop(env)
    const ben = await prisma.user.findUniqueOrThrow({
      where: { name: 'ben' },
      select: { id: true, name: true, role: true },
    })
    const stored = await storeUpload({ ownerId: ben.id, name: 'orders.csv', body: body(), checkStart: () => {} })
    const job = await startImport(ben, { id: randomUUID(), file: stored, mode: 'good', visibility: 'own' })
    // Until somebody looks on.
    await cancelJob(ben, job.id)
    return job.id
  })

  // Orders are being placed from a quarter of the way on. After the first time it may be quicker than the test.
  let kills = 0
  for (const share of [random.between(30, 50), random.between(60, 80), 101]) {
    const enough = (file.rows * share) / 100
    const { state } = await runUntil(id, (job) => job.state === 'done' || job.state === 'failed' || job.done >= enough)
    if (state !== 'running') break
    node?.kill('SIGKILL')
    await node?.ended
    kills += 1
  }
  expect(kills).toBeGreaterThan(0)
  node?.kill('SIGTERM')
  await node?.ended

  await inside(async ({ prisma }) => {
    const orders = await prisma.workOrder.findMany({
      where: { importId: id },
      select: { reference: true, _count: { select: { lines: true } } },
    })
    const expected = [...file.lines].filter(([reference]) => !file.bad.has(reference))
    expect(orders.length).toBe(expected.length)
    expect(new Map(orders.map(({ reference, _count }) => [reference, _count.lines]))).toEqual(new Map(expected))
    const { state, result, attempt } = await prisma.job.findUniqueOrThrow({ where: { id } })
    expect({ state, attempt }).toEqual({ state: 'done', attempt: 2 + kills })
    const lines = expected.reduce((sum, [, count]) => sum + count, 0)
    expect(result).toMatchObject({ orders: expected.length, lines, left: file.rows - lines })
  })
}, 240_000)
