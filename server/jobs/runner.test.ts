import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { jobChannel, jobProgress } from '#channels/job'
import { jobs, mostActiveJobs } from '#channels/jobs'
import { container } from '#server/container'
import { startJob } from '#server/models/job'
import { cancelJob, retryJob } from '#server/models/job-act'
import { readJob } from '#server/models/job-list'
import type { Actor } from '#server/models/job-row'
import { refuse } from '#server/refusal'
import { sizes } from '#server/test-sizes'
import { eventually } from '#server/test-wait'
import type { JobKinds } from './run'
import { JobRunner } from './runner'
import { SteppedKind, written } from './test-kind'

const range = (last: number) => Array.from({ length: last }, (_, nth) => nth + 1)

describe.each(sizes)('on the database in size $size', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  let ada: Actor
  let stepped: SteppedKind
  let runner: JobRunner
  let runners: JobRunner[] = []

  beforeAll(async () => {
    running = await open()
    await container().node.start()
  })
  afterAll(async () => {
    await container().node.close()
    await running.close()
  })

  async function begin(undoes: boolean): Promise<void> {
    stepped = new SteppedKind()
    const data = { name: `ada-${randomUUID()}`, passwordHash: 'none', role: 'admin' as const }
    ada = await running.prisma.user.create({ data, select: { id: true, name: true, role: true } })
    await another({ report: stepped.kind(undoes) })
  }
  const start = () => startJob(ada, { id: randomUUID(), kind: 'report', input: {}, visibility: 'everyone' })
  const look = async (id: string) => (await readJob(id)).job
  const log = async (id: string) => (await readJob(id)).lines.map(({ text }) => text)
  const comes = (id: string, expected: object) => eventually(async () => expect(await look(id)).toMatchObject(expected))

  afterEach(async () => {
    await Promise.all(runners.map((one) => one.stop()))
    runners = []
  })

  describe('a kind that can take back', () => {
    beforeEach(() => begin(true))

    test('a job is carried out, with its log, its result and a notification', async () => {
      const { id } = await start()
      stepped.open = 10
      await comes(id, { state: 'done', done: 10, total: 10, attempt: 1, result: { steps: 10 }, failure: null })
      expect(await written(id)).toEqual(range(10))
      expect(await log(id)).toEqual([`Asked for by ${ada.name}.`, 'Done.'])
      const told = await running.prisma.notification.findMany({ where: { userId: ada.id } })
      expect(told).toMatchObject([{ kind: 'job', title: 'Done: Report over all orders', href: `/jobs/${id}` }])
      const queued = `SELECT state::text FROM pgboss.job WHERE data->>'jobId' = $1`
      const { rows } = await container().database.executeSql(queued, [id])
      expect(rows).toEqual([{ state: 'completed' }])
    })

    test('one that is cancelled stops at once, and what it had done is taken back', async () => {
      const { id } = await start()
      stepped.open = 3
      await eventually(async () => expect(await written(id)).toEqual(range(3)))
      await cancelJob(ada, id)
      // Because it was told, and not by its next look.
      expect(stepped.signals.map(({ reason }) => reason)).toEqual(['cancelled'])
      await comes(id, { state: 'cancelled', done: 0, cancelling: false })
      expect(await written(id)).toEqual([])
      expect(await log(id)).toEqual([
        `Asked for by ${ada.name}.`,
        `Cancelled by ${ada.name}.`,
        'Stopped. What it had done was taken back.',
      ])

      stepped.open = 10
      await retryJob(ada, { id, attempt: 1 })
      await comes(id, { state: 'done', attempt: 2 })
      expect(await written(id)).toEqual(range(10))
      expect(stepped.begun).toEqual([null, null])
    })

    test('one that fails says why, in words for people, and is taken back', async () => {
      stepped.failAt = { step: 4, error: new Error('a secret of the server') }
      stepped.open = 10
      const { id } = await start()
      await comes(id, { state: 'failed', failure: 'Something went wrong on the server; its log says what.' })
      expect(await written(id)).toEqual([])
      expect(JSON.stringify(await readJob(id))).not.toContain('secret')
    })

    test('one that waits is cancelled without having run', async () => {
      const ids = [await start(), await start(), await start()].map(({ id }) => id)
      await eventually(() => expect(stepped.running).toBe(2))
      const waiting = ids[2] ?? ''
      await cancelJob(ada, waiting)
      expect(await look(waiting)).toMatchObject({ state: 'cancelled', startedAt: null })
      stepped.open = 10
      for (const id of ids.slice(0, 2)) await comes(id, { state: 'done' })
      expect(stepped.begun).toHaveLength(2)
    })

    test('one that waits with something to take back says that it stops until a node has done that', async () => {
      const { id } = await start()
      stepped.open = 3
      await eventually(async () => expect(await written(id)).toEqual(range(3)))
      await runner.stop()
      await cancelJob(ada, id)
      expect(await look(id)).toMatchObject({ state: 'waiting', cancelling: true })
      await another(runner.kinds)
      await comes(id, { state: 'cancelled', cancelling: false })
      expect(await written(id)).toEqual([])
    })

    test('a process that dies while it takes back has that finished, and nothing run again', async () => {
      const { id } = await start()
      stepped.open = 3
      await eventually(async () => expect(await written(id)).toEqual(range(3)))
      await die(id, { cancelledAt: new Date() })
      await comes(id, { state: 'cancelled' })
      expect(await written(id)).toEqual([])
      expect(stepped.begun).toHaveLength(1)
    })
  })

  describe('a kind that goes on from where it was', () => {
    beforeEach(() => begin(false))

    test('no more than two run at the same time, each once, and none is forgotten', async () => {
      stepped.open = 10
      const started = await Promise.all(range(mostActiveJobs).map(start))
      for (const { id } of started) {
        await comes(id, { state: 'done' })
        expect(await written(id)).toEqual(range(10))
      }
      expect(stepped.most).toBe(2)
    })

    test('one that was begun again and waits is cancelled at once, and keeps what it has done', async () => {
      const { id } = await start()
      stepped.open = 3
      await eventually(async () => expect(await written(id)).toEqual(range(3)))
      await cancelJob(ada, id)
      await comes(id, { state: 'cancelled', done: 3 })
      await Promise.all([start(), start()])
      await eventually(() => expect(stepped.running).toBe(2))
      await retryJob(ada, { id, attempt: 1 })
      expect(await look(id)).toMatchObject({ state: 'waiting' })
      await cancelJob(ada, id)
      expect(await look(id)).toMatchObject({ state: 'cancelled', done: 3 })

      stepped.open = 10
      await retryJob(ada, { id, attempt: 2 })
      await comes(id, { state: 'done', attempt: 3 })
      expect(stepped.begun.at(-1)).toEqual({ next: 4 })
    })

    test('a node that ends hands its run back, and it goes on from its last step', async () => {
      const { id } = await start()
      stepped.open = 6
      await eventually(async () => expect(await written(id)).toEqual(range(6)))
      await runner.stop()
      expect(await look(id)).toMatchObject({ state: 'waiting', done: 6, attempt: 1 })

      stepped.open = 10
      await another(runner.kinds)
      await comes(id, { state: 'done', attempt: 1 })
      expect(await written(id)).toEqual(range(10))
      expect(stepped.begun).toEqual([null, { next: 7 }])
      expect(await log(id)).toContain('The server is restarting; it goes on from order 6.')
    })

    test('a run whose process died goes on from its last step, and says so; what it still does comes to nothing', async () => {
      const { id } = await start()
      stepped.open = 4
      await eventually(async () => expect(await written(id)).toEqual(range(4)))
      await die(id)
      await comes(id, { state: 'running', attempt: 2 })
      stepped.open = 10
      await comes(id, { state: 'done', attempt: 2 })
      await eventually(() => expect(stepped.running).toBe(0))
      expect(await written(id)).toEqual(range(10))
      expect(await log(id)).toContain('The server was stopped while this ran; it goes on from order 4.')
    })

    test('after the third death in a row it has failed, and a retry goes on from where it was', async () => {
      const { id } = await start()
      for (const attempt of range(3)) {
        stepped.open = attempt * 2
        await eventually(async () => expect(await written(id)).toEqual(range(attempt * 2)))
        await die(id)
      }
      await comes(id, { state: 'failed', failure: 'The server was stopped 3 times while this ran.', done: 6 })
      expect((await log(id)).at(-1)).toBe('Failed: The server was stopped 3 times while this ran.')

      stepped.open = 10
      await retryJob(ada, await look(id))
      await comes(id, { state: 'done', failure: null })
      expect(await written(id)).toEqual(range(10))
    })

    test('the words of a refusal are shown as they are', async () => {
      try {
        refuse('invalid', 'The file has no headings.')
      } catch (error) {
        if (error instanceof Error) stepped.failAt = { step: 2, error }
      }
      stepped.open = 10
      const { id } = await start()
      await comes(id, { state: 'failed', failure: 'The file has no headings.', done: 1 })
      expect(await written(id)).toEqual([1])
    })

    test('how far it is stands on all boards while it runs, and no longer', async () => {
      const { id } = await start()
      stepped.open = 3
      const progress = (channel: typeof jobs | typeof jobChannel, room: string) =>
        container()
          .latest.read(channel, room)
          ?.map(({ data }) => data && jobProgress.parse(data))
      const places = [
        [jobChannel, id],
        [jobs, 'all'],
        [jobs, 'everyone'],
        [jobs, `person-${ada.id}`],
      ] as const
      for (const [channel, room] of places) {
        await eventually(() => expect(progress(channel, room)).toMatchObject([{ id, done: 3, total: 10 }]))
      }
      stepped.open = 10
      await comes(id, { state: 'done' })
      for (const [channel, room] of places) await eventually(() => expect(progress(channel, room)).toEqual([]))
    })
  })

  /** As other nodes see it when the process that runs the job is no more; the first runner runs it on unawares. */
  async function die(id: string, change: { cancelledAt?: Date } = {}): Promise<void> {
    await eventually(async () => expect(await look(id)).toMatchObject({ state: 'running' }))
    const { attempt } = await look(id)
    const data = { ...change, nodeId: randomUUID() }
    await running.prisma.job.update({ where: { id }, data, select: { id: true } })
    await another(runner.kinds)
    await eventually(async () => expect(await look(id)).toMatchObject({ attempt: attempt + 1 }))
  }

  async function another(kinds: JobKinds): Promise<void> {
    runner = new JobRunner(kinds)
    runners.push(runner)
    container().work.jobs = runner
    await runner.start()
  }
})
