import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Delivery, plan } from '#channels/plan'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { PlanRuns } from '#server/jobs/plan-runs'
import { planLock } from '#server/models/order-plan'
import { finishPlan, giveUpPlan, sweepPlans } from '#server/models/order-plan-run'
import { placeDelivery } from '#server/models/test-delivery'
import { startTestServer, type TestServer } from '#server/test-server'
import { planFold } from './plan-fold'

type Operation = 'calculate' | 'cancel' | 'finish' | 'fail' | 'lose'
const operations: fc.Arbitrary<Operation> = fc.constantFrom(
  ...(['calculate', 'calculate', 'calculate', 'cancel', 'finish', 'fail', 'lose'] as const),
)

const orders: string[] = []
const delivery: Delivery = {
  ...{ effort: 'quick', sites: [], tours: [], cents: 1, km: 1 },
  ...{ startCents: 1, boundCents: 1, attempts: 1, took: 1 },
}

/** People calculate and cancel; calculations end as they do, but when the trial says so: none has its turn here. */
const trial: Trial<typeof plan, Operation> = {
  channel: plan,
  fold: planFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: (_, run) => [orders[run] ?? ''],
  prepare: async (run) => {
    orders[run] = await placeDelivery(2)
  },
  operations,
  async operate(tab, operation) {
    const [visit] = tab.present
    if (!visit) return []
    const { room } = visit
    const { name } = room
    const { running } = room.snapshot.state
    const { work } = container()
    // A server that was started again has others.
    if (!waiting.has(work.plans)) {
      work.plans = new PlanRuns({ atOnce: 0 })
      waiting.add(work.plans)
    }
    if (operation === 'calculate') {
      const data = await room.call('calculate', { effort: 'quick' })
      return [{ room: name, push: 'began', data }]
    }
    if (!running) return []
    const { run, by } = running
    if (operation === 'cancel') {
      await room.call('cancel', { run })
      return [
        {
          room: name,
          push: 'ended',
          data: { run, outcome: { is: 'cancelled', by: { id: tab.user.id, name: tab.user.name } } },
        },
      ]
    }
    const task = {
      orderId: name,
      run,
      by,
      effort: 'quick' as const,
      problem: { sites: [], lines: [] },
      madeOf: [],
      orderVersion: 0,
    }
    if (operation === 'lose') {
      await container().database.prisma.busyLock.updateMany({
        where: { key: planLock(name), token: run },
        data: { until: new Date(0) },
      })
      await sweepPlans()
    } else {
      const outcome = { is: 'failed' as const, why: 'on purpose' }
      await (operation === 'finish' ? finishPlan(task, delivery) : giveUpPlan(task, outcome))
    }
    work.plans.halt(run)
    return []
  },
}
const waiting = new WeakSet<PlanRuns>()

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows who calculates and the plan as they are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
