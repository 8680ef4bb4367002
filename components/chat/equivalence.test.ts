import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import { features } from '#server/features/all'
import { startTestServer, type TestServer } from '#server/test-server'
import { chatTrial } from './test-trial'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab of a room holds what is loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, chatTrial)
  expect(granted).toBeGreaterThan(25)
  expect(cut).toBeGreaterThan(4)
}, 120_000)
