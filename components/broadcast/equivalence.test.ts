import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { broadcasts, group, personRoom } from '#channels/broadcast'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { announce, edit, withdraw } from '#server/models/broadcast'
import { startTestServer, type TestServer } from '#server/test-server'
import { broadcastFold } from './broadcast-fold'

type Operation = {
  does: 'announce' | 'edit' | 'withdraw' | 'dismiss' | 'acknowledge'
  to: (typeof group.options)[number] | 'self'
  mustAcknowledge: boolean
  which: number
}
const operations: fc.Arbitrary<Operation> = fc.record(
  {
    does: fc.constantFrom('announce', 'announce', 'edit', 'withdraw', 'dismiss', 'acknowledge'),
    to: fc.constantFrom(...group.options, 'self'),
    mustAcknowledge: fc.boolean(),
    which: fc.nat(99),
  },
  { noNullPrototype: true },
)
const withdrawn = new Set<string>()

/** Ada announces, edits and withdraws, and all dismiss or acknowledge what they see. */
const trial: Trial<typeof broadcasts, Operation> = {
  channel: broadcasts,
  fold: broadcastFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: ({ id, role }) => ['all', role, personRoom(id), ...(role === 'admin' ? ['desk'] : [])],
  operations,
  async operate(tab, { does, to, mustAcknowledge, which }) {
    const admin = tab.user.role === 'admin'
    const own = personRoom(tab.user.id)
    if (admin && does === 'announce') {
      const audience = to === 'self' ? own : to
      const data = await announce(tab.user, { text: 'x', severity: 'info', audience, mustAcknowledge, holdsFor: null })
      return tab.user.role === to || to === 'all' || to === 'self' ? [{ room: audience, push: 'announced', data }] : []
    }
    const seen = tab.present.flatMap(({ room }) => room.snapshot.state.standing)
    const one = seen[which % seen.length]
    if (!one) return []
    const { id, version } = one
    if (admin && does === 'edit') {
      const data = await edit(tab.user, id, {
        text: 'y',
        severity: 'danger',
        mustAcknowledge,
        expiresAt: null,
        version,
      })
      return [{ room: one.audience, push: 'edited', data }]
    }
    if (admin && does === 'withdraw') {
      await withdraw(tab.user, id)
      withdrawn.add(id)
      return [{ room: one.audience, push: 'withdrawn', data: { id } }]
    }
    if (does !== 'dismiss' && does !== 'acknowledge') return []
    await tab.room(own).call(does, { id })
    return [{ room: own, push: does === 'dismiss' ? 'dismissed' : 'acknowledged', data: { id } }]
  },
  // What has been withdrawn since is not loaded among those one is done with, their order is of no account, and how
  // many have had one comes by pushes of the newest value.
  shared: ({ standing, done, history }) => ({
    standing,
    done: done.filter((id) => !withdrawn.has(id)).sort(),
    history,
  }),
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab holds the broadcasts that are loaded afresh, and what it is done with', async () => {
  const { granted, cut } = await expectEquivalence(server, trial)
  expect(granted).toBeGreaterThan(25)
  expect(cut).toBeGreaterThan(4)
}, 120_000)
