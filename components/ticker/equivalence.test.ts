import { once } from 'node:events'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { ticker } from '#channels/ticker'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { startTestServer, type TestServer } from '#server/test-server'
import { until } from '#server/test-wait'
import { tickerFold } from './use-ticker'

/** An exchange that says only what it is told to. */
let exchange: WebSocketServer
let server: TestServer
/** The most symbols there were at a time. */
let mostQuotes = 0

interface Operation {
  quotes: { symbol: string; price: number }[]
  nonsense: boolean
}
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    quotes: fc.array(
      fc.record(
        { symbol: fc.constantFrom('ACME', 'ALTO', 'ZEST'), price: fc.integer({ min: 1, max: 999 }) },
        { noNullPrototype: true },
      ),
      { minLength: 1, maxLength: 5 },
    ),
    nonsense: fc.boolean(),
  },
  { noNullPrototype: true },
)

/** Prices move, all the time and all at once, and now and then the exchange says nonsense. */
const trial: Trial<typeof ticker, Operation> = {
  channel: ticker,
  fold: tickerFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: () => ['1', '10', '50'],
  operations,
  async operate(_, { quotes, nonsense }) {
    const held = container().latest.read(ticker, '50') ?? []
    mostQuotes = Math.max(mostQuotes, held.filter(({ push }) => push === 'quoted').length)
    const [peer] = await until(() => exchange.clients.size > 0 && [...exchange.clients])
    peer?.send(nonsense ? '{"quotes":7}' : JSON.stringify({ quotes }))
    return []
  },
  // The prices of the last minute are what a page begins with; the rest of them each screen notes by itself.
  shared: () => null,
}

beforeAll(async () => {
  exchange = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(exchange, 'listening')
  const address = exchange.address()
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const settings = { EXCHANGE_URL: `ws://${host}`, OUTBOUND_ALLOW: host }
  server = await startTestServer({ channels: features.map(slowed), settings })
})
afterAll(async () => {
  await server.stop()
  exchange.close()
})

test('whatever happens on the way, every tab shows the quotes that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
  // Or all would have agreed on nothing.
  expect(mostQuotes).toBeGreaterThan(0)
}, 120_000)
