import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { jobs, jobsOf, jobsPerPage } from '#channels/jobs'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { jobsEnded, SteppedKind } from '#server/jobs/test-kind'
import { startTestServer, type TestServer } from '#server/test-server'
import { jobsFold } from './jobs-fold'

type Operation = { does: 'start' | 'cancel' | 'retry' | 'remove'; visibility: 'own' | 'everyone'; which: number }
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    does: fc.constantFrom('start', 'start', 'cancel', 'retry', 'remove'),
    visibility: fc.constantFrom('own', 'everyone'),
    which: fc.nat(99),
  },
  { noNullPrototype: true },
)
const stepped = new SteppedKind(5)

/** Three people start, cancel, retry and remove jobs; each operation is over when its job has come to its end. */
const trial: Trial<typeof jobs, Operation> = {
  channel: jobs,
  fold: jobsFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: ({ id, role }) => [jobsOf(id), role === 'admin' ? 'all' : 'everyone'],
  async prepare() {
    await container().database.prisma.job.deleteMany()
  },
  operations,
  // A call that was given up when its tab left may have begun one all the same.
  ended: jobsEnded,
  async operate(tab, { does, visibility, which }) {
    const room = tab.room(jobsOf(tab.user.id))
    const seen = tab.present.flatMap(({ room: { snapshot } }) => snapshot.state.jobs)
    if (does === 'start' || does === 'cancel') {
      // Of what does not fit on the first page a fresh state knows nothing.
      if (seen.length >= jobsPerPage - 3) return []
      const { id } = await room.call('start', { id: randomUUID(), kind: 'report', input: {}, visibility })
      if (does === 'cancel') await room.call('cancel', { id }).catch(() => {})
      await jobsEnded()
      return []
    }
    const one = seen[which % seen.length]
    if (!one) return []
    const { id } = await room.call(does, { id: one.id, attempt: one.attempt })
    if (does === 'retry') await jobsEnded()
    return does === 'remove' ? [{ room: 'all', push: 'removed', data: { id } }] : []
  },
}

let server: TestServer
beforeAll(async () => {
  stepped.open = 5
  server = await startTestServer({ channels: features.map(slowed), jobKinds: { report: stepped.kind(true) } })
})
beforeEach(() => {
  stepped.failAt = { step: 3, error: new Error('on purpose') }
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab holds the jobs that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
