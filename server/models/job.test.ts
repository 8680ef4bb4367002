import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mostActiveJobs, type NewJob } from '#channels/jobs'
import { sizes } from '#server/test-sizes'
import { startJob } from './job'
import { cancelJob, removeJob, retryJob } from './job-act'
import { readJob } from './job-list'
import type { Actor } from './job-row'

const report = (id: string): NewJob => ({ id, kind: 'report', input: {}, visibility: 'own' })
const reprice = (id: string): NewJob => ({ id, kind: 'reprice', input: { most: 5 }, visibility: 'own' })
const taken = { code: 'conflict', message: 'This id is taken. Try again: it gets another one.', details: {} }

// No job runs: what is started waits.
describe.each(sizes)('on the database in size $size', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  let ada: Actor
  let ben: Actor

  beforeAll(async () => {
    running = await open({ demoOrders: 0 })
    ada = await person('admin')
    ben = await person('member')
  })
  afterAll(() => running.close())
  beforeEach(async () => void (await running.prisma.job.deleteMany()))

  const person = (role: 'admin' | 'member') =>
    running.prisma.user.create({
      data: { name: `p-${randomUUID()}`, passwordHash: 'none', role },
      select: { id: true, name: true, role: true },
    })
  const jobs = () => running.prisma.job.findMany({ select: { id: true } })
  const log = async (id: string) => (await readJob(id)).lines.map(({ text }) => text)

  test('an id that is or was any other job’s is a conflict, which tells nothing of that', async () => {
    const [own, hidden, gone] = [randomUUID(), randomUUID(), randomUUID()]
    for (const id of [own, hidden]) await startJob(ada, report(id))
    await startJob(ada, report(gone))
    await cancelJob(ada, gone)
    await removeJob(ada, gone)
    await expect(startJob(ada, reprice(own)), 'of another kind').rejects.toMatchObject(taken)
    await expect(startJob(ben, report(hidden)), 'of another person').rejects.toMatchObject(taken)
    // What is left of it in the log would be read by whoever has its id.
    await expect(startJob(ben, report(gone)), 'of one that was removed').rejects.toMatchObject(taken)
    await expect(startJob(ben, report('no id'))).rejects.toMatchObject({ code: 'invalid' })
    await expect(startJob(ben, reprice(randomUUID()))).rejects.toMatchObject({ code: 'forbidden' })
    expect(await jobs()).toHaveLength(2)
  })

  test('a job is started once, however often it is asked for, also at the same instant', async () => {
    const id = randomUUID()
    const answers = await Promise.all(Array.from({ length: 4 }, () => startJob(ben, report(id))))
    expect(answers).toEqual(Array(4).fill({ id }))
    expect(await startJob(ben, report(id.toUpperCase()))).toEqual({ id })
    await cancelJob(ben, id)
    expect(await startJob(ben, report(id))).toEqual({ id })
    expect(await jobs()).toEqual([{ id }])
    expect(await log(id)).toEqual([`Asked for by ${ben.name}.`, `Cancelled by ${ben.name}.`, 'Stopped.'])
    expect((await readJob(id)).job).toMatchObject({ state: 'cancelled', attempt: 1 })
  })

  test('asked for again it is answered although there would be no place for another one', async () => {
    const first = randomUUID()
    await startJob(ada, reprice(first))
    for (let nth = 1; nth < mostActiveJobs; nth += 1) await startJob(ada, report(randomUUID()))
    expect(await startJob(ada, reprice(first))).toEqual({ id: first })
    expect(await startJob({ ...ada, role: 'member' }, reprice(first)), 'no admin any more').toEqual({ id: first })
    await expect(startJob(ada, report(randomUUID()))).rejects.toMatchObject({ code: 'conflict' })
    expect(await jobs()).toHaveLength(mostActiveJobs)
  })

  test('cancelled twice it is cancelled once; begun again twice from the same attempt it is begun again once', async () => {
    const id = randomUUID()
    await startJob(ben, report(id))
    await expect(retryJob(ben, { id, attempt: 1 })).rejects.toMatchObject({ code: 'conflict' })
    expect(await Promise.all([cancelJob(ben, id), cancelJob(ben, id)])).toEqual([{ id }, { id }])
    const again = { id, attempt: 1 }
    expect(await Promise.all([retryJob(ben, again), retryJob(ben, again)])).toEqual([{ id }, { id }])
    expect((await readJob(id)).job).toMatchObject({ state: 'waiting', attempt: 2 })
    // It has ended again before the second one came.
    await cancelJob(ben, id)
    expect(await retryJob(ben, again)).toEqual({ id })
    expect((await readJob(id)).job).toMatchObject({ state: 'cancelled', attempt: 2 })
    const lines = await log(id)
    expect(lines.filter((line) => line.startsWith('Cancelled'))).toHaveLength(2)
    expect(lines.filter((line) => line.startsWith('Begun again'))).toHaveLength(1)
    await running.prisma.job.update({ where: { id }, data: { state: 'done' } })
    await expect(cancelJob(ben, id)).rejects.toMatchObject({ code: 'conflict' })
  })
})
