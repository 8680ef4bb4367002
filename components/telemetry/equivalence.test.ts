import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Telemetry, telemetryFeed } from '#channels/telemetry'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { publish } from '#server/realtime/publish'
import { startTestServer, type TestServer } from '#server/test-server'

const key = { id: '0190b6f0-0000-7000-8000-000000000001', name: 'hall 2' }

const operations: fc.Arbitrary<Telemetry> = fc.record(
  {
    device: fc.constantFrom('saw-1', 'saw-3', 'press'),
    metrics: fc.record({ load: fc.integer({ min: 0, max: 100 }) }, { noNullPrototype: true }),
  },
  { noNullPrototype: true },
)

/** Devices measure, all the time and all at once; what they measured before is of no interest. */
const trial: Trial<typeof telemetryFeed, Telemetry> = {
  channel: telemetryFeed,
  fold: { pushes: {} },
  people: ['ada', 'ben', 'cleo'],
  rooms: () => ['all'],
  operations,
  async operate(_, measured) {
    await publish(telemetryFeed, 'all', 'measured', { ...measured, key, at: Date.now() })
    return []
  },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows the values that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 6 })
  expect(granted).toBeGreaterThan(15)
  expect(cut).toBeGreaterThan(3)
}, 120_000)
