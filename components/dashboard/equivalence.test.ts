import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dashboard, simulatorRoom } from '#channels/dashboard'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { startTestServer, type TestServer } from '#server/test-server'
import { dashboardFold } from './use-dashboard'

interface Operation {
  does: 'start' | 'pace' | 'stop'
  speed: number
}
const operations: fc.Arbitrary<Operation> = fc.record(
  { does: fc.constantFrom('start', 'pace', 'pace', 'stop'), speed: fc.integer({ min: 1, max: 600 }) },
  { noNullPrototype: true },
)

/** Ada operates the simulator from several places, and Ben tries to; both look at the figures it makes. */
const trial: Trial<typeof dashboard, Operation> = {
  channel: dashboard,
  fold: dashboardFold,
  people: ['ada', 'ben'],
  rooms: () => [simulatorRoom, 'frames'],
  operations,
  async operate(tab, { does, speed }) {
    const room = tab.room(simulatorRoom)
    const data = await (does === 'stop' ? room.call('stop', {}) : room.call(does, { speed }))
    // What has never been started is as it was.
    return data.version > 0 ? [{ room: simulatorRoom, push: 'switched', data }] : []
  },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed), settings: { DEMO_ORDERS: '50' } })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows the simulator and the figures that are loaded afresh', async () => {
  const { granted, refused, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(refused).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
