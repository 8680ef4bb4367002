import { once } from 'node:events'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { outbound } from '#channels/outbound'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { shownClients } from '#server/sockets/outbound/client-board'
import { closeClient, openClient, sendThrough } from '#server/sockets/outbound/operate'
import { startTestServer, type TestServer } from '#server/test-server'
import { outboundFold } from './use-outbound'

type Operation = { does: 'open' | 'send' | 'close'; which: number }
const operations: fc.Arbitrary<Operation> = fc.record(
  { does: fc.constantFrom('open', 'send', 'send', 'close'), which: fc.nat(99) },
  { noNullPrototype: true },
)

/** Another server, which says what it is told. */
let other: WebSocketServer
let uri: string
let server: TestServer

/** Ada opens, uses and closes; the others try, and are refused. All of them watch. */
const trial: Trial<typeof outbound, Operation> = {
  channel: outbound,
  fold: outboundFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: () => ['all'],
  operations,
  async operate({ user }, { does, which }) {
    const clients = shownClients()
    const one = clients[which % clients.length]
    if (does === 'open' || !one) openClient(user, { uri })
    else if (does === 'send') await sendThrough(user, one.id, `${which}`)
    else closeClient(user, one.id)
    return []
  },
}

beforeAll(async () => {
  other = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(other, 'listening')
  other.on('connection', (peer) => peer.on('message', (data: Buffer) => peer.send(data.toString())))
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : 0
  uri = `ws://localhost:${port}`
  server = await startTestServer({ channels: features.map(slowed), settings: { OUTBOUND_ALLOW: `localhost:${port}` } })
})
afterAll(async () => {
  await server.stop()
  other.close()
})

test('whatever happens on the way, every tab shows the outbound sockets that are loaded afresh', async () => {
  const { granted, refused, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(refused).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
