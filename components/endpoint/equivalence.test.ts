import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints } from '#channels/endpoint'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { countEndpoints } from '#server/sockets/endpoint-counts'
import { openSocket, type TestClient } from '#server/sockets/test-client'
import { startTestServer, type TestServer } from '#server/test-server'
import { endpointFold } from './use-endpoint'

type Operation = 'open' | 'close'
const operations: fc.Arbitrary<Operation> = fc.constantFrom('open', 'open', 'close')

let server: TestServer
let sockets: TestClient[] = []

/** Sockets of an endpoint come and go, and all are counted. A restart closes those there are. */
const trial: Trial<typeof endpoints, Operation> = {
  channel: endpoints,
  fold: endpointFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: () => ['all'],
  operations,
  async operate(_, does) {
    const oldest = does === 'close' ? sockets.shift() : undefined
    if (oldest) oldest.ws.terminate()
    else sockets.push(await openSocket(server, 'time'))
    await oldest?.closed
    await countEndpoints()
    return []
  },
  async prepare() {
    for (const { ws } of sockets) ws.terminate()
    sockets = []
  },
}

beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows the counts that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(15)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
