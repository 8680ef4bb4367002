import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobChannel } from '#channels/job'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { jobsEnded, SteppedKind } from '#server/jobs/test-kind'
import { startJob } from '#server/models/job'
import { startTestServer, type TestServer } from '#server/test-server'
import { jobFold } from './job-fold'

type Operation = { does: 'retry' | 'cancel' }
const operations: fc.Arbitrary<Operation> = fc.record(
  { does: fc.constantFrom('retry', 'cancel') },
  { noNullPrototype: true },
)
const stepped = new SteppedKind(5)
const rooms = new Map<number, string>()

/** Two people who have a say begin a job again that fails each time, and cancel it. */
const trial: Trial<typeof jobChannel, Operation> = {
  channel: jobChannel,
  fold: jobFold,
  people: ['ada', 'ben'],
  rooms: (_, run) => [rooms.get(run) ?? ''],
  async prepare(run) {
    const { id } = await startJob(ben, { id: randomUUID(), kind: 'report', input: {}, visibility: 'everyone' })
    rooms.set(run, id)
    await jobsEnded()
  },
  operations,
  // A call that was given up when its tab left may have begun one all the same.
  ended: jobsEnded,
  async operate(tab, { does }) {
    const room = tab.present[0]?.room
    if (!room) return []
    await room.call('retry', { attempt: room.snapshot.state.job.attempt })
    if (does === 'cancel') await room.call('cancel', {}).catch(() => {})
    await jobsEnded()
    return []
  },
}

let server: TestServer
let ben: { id: string; name: string; role: 'admin' | 'member' }
beforeAll(async () => {
  stepped.open = 5
  stepped.failAt = { step: 3, error: new Error('on purpose') }
  server = await startTestServer({ channels: features.map(slowed), jobKinds: { report: stepped.kind(true) } })
  ben = (await server.signIn('ben')).session.user
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab holds the job and the log that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
