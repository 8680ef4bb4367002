import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Audience, audience, broadcasts, personRoom } from '#channels/broadcast'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { announce, withdraw } from '#server/models/broadcast'
import { startTestServer, type TestServer } from '#server/test-server'
import { broadcastFold } from './use-broadcast'

type Operation = { does: 'announce' | 'withdraw' | 'dismiss'; audience: Audience; which: number }
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    does: fc.constantFrom('announce', 'announce', 'withdraw', 'dismiss'),
    audience: fc.constantFrom(...audience.options),
    which: fc.nat(99),
  },
  { noNullPrototype: true },
)
const withdrawn = new Set<string>()

/** Ada announces and withdraws, and all dismiss what they see. */
const trial: Trial<typeof broadcasts, Operation> = {
  channel: broadcasts,
  fold: broadcastFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: ({ id, role }) => [...(role === 'admin' ? audience.options : ['all', role]), personRoom(id)],
  operations,
  async operate(tab, { does, audience, which }) {
    const admin = tab.user.role === 'admin'
    if (admin && does === 'announce') {
      const data = await announce(tab.user, { text: 'x', severity: 'info', audience, holdsFor: null })
      return [{ room: audience, push: 'announced', data }]
    }
    const seen = tab.present.flatMap(({ room }) => room.snapshot.state.standing)
    const one = seen[which % seen.length]
    if (!one) return []
    const { id } = one
    if (admin && does === 'withdraw') {
      await withdraw(tab.user, id)
      withdrawn.add(id)
      return [{ room: one.audience, push: 'withdrawn', data: { id } }]
    }
    const own = personRoom(tab.user.id)
    await tab.room(own).call('dismiss', { id })
    return [{ room: own, push: 'dismissed', data: { id } }]
  },
  // Dismissals of what has been withdrawn since are not loaded, and their order is of no account.
  shared: ({ standing, dismissed }) => ({ standing, dismissed: dismissed.filter((id) => !withdrawn.has(id)).sort() }),
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab holds the broadcasts and dismissals that are loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial)
  expect(granted).toBeGreaterThan(25)
  expect(cut).toBeGreaterThan(4)
}, 120_000)
