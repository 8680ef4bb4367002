import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messages } from '#channels/message'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { openSubscription, sendMessage } from '#server/models/subscription'
import { startTestServer, type TestServer } from '#server/test-server'
import { messageFold } from './use-message'

const operations = fc.record(
  { text1: fc.option(fc.string({ maxLength: 20, unit: 'grapheme' })), progress: fc.nat(100), body: fc.jsonValue() },
  { requiredKeys: [], noNullPrototype: true },
)
type Operation = typeof operations extends fc.Arbitrary<infer Drawn> ? Drawn : never

let sent = 0
const roomOf = (run: number) => `trial-${run}`

/** Code of the server sends, and everyone who is signed in receives. */
const trial: Trial<typeof messages, Operation> = {
  channel: messages,
  fold: messageFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: (_, run) => [roomOf(run)],
  prepare: async (run) => void (await openSubscription(roomOf(run), null)),
  operations,
  async operate(tab, { body, ...operation }) {
    const [visit] = tab.present
    if (!visit) return []
    const { name } = visit.room
    // As it travels: JSON knows no minus zero. The value makes every message another.
    const named = { ...operation, ...(body !== undefined && { body: JSON.parse(JSON.stringify(body)) }), value: ++sent }
    return [{ room: name, push: 'sent', data: await sendMessage(name, named) }]
  },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab holds the message that is loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 6 })
  expect(granted).toBeGreaterThan(15)
  expect(cut).toBeGreaterThan(3)
}, 120_000)
