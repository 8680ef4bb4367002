import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chat } from '#channels/chat'
import { presence, presenceRoom, type Whereabouts } from '#channels/presence'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { createChatRooms } from '#server/models/chat-room-import'
import { startTestServer, type TestServer } from '#server/test-server'
import { presenceFold } from './use-presence'

const operations: fc.Arbitrary<Whereabouts> = fc.record(
  { idle: fc.boolean(), part: fc.constantFrom(null, 'due', 'status') },
  { noNullPrototype: true },
)

const roomOf = (run: number) => `trial-${run}`

/** People come and go by what happens to their tabs, and move about while they are there. */
const trial: Trial<typeof presence, Whereabouts> = {
  channel: presence,
  fold: presenceFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: (_, run) => [presenceRoom(chat, roomOf(run))],
  prepare: (run) => createChatRooms([{ key: roomOf(run), title: 'A trial', topic: '' }]),
  operations,
  async operate(tab, whereabouts) {
    const [visit] = tab.present
    await visit?.room.call('move', whereabouts)
    return []
  },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows the people that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 6 })
  expect(granted).toBeGreaterThan(15)
  expect(cut).toBeGreaterThan(3)
}, 120_000)
