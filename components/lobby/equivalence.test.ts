import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LobbyState, lobby, ownLobby } from '#channels/lobby'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { features } from '#server/features/all'
import { resign } from '#server/models/game-play'
import { readLobby } from '#server/models/lobby'
import type { LiveSession } from '#server/models/session'
import { startTestServer, type TestServer } from '#server/test-server'
import { lobbyFold } from './lobby-fold'

type Does = 'challenge' | 'accept' | 'decline' | 'withdraw' | 'resign'
const operations = fc.record(
  {
    does: fc.constantFrom<Does>(
      'challenge',
      'challenge',
      'accept',
      'accept',
      'decline',
      'withdraw',
      'resign',
      'resign',
    ),
    which: fc.nat(99),
    whom: fc.nat(99),
  },
  { noNullPrototype: true },
)
type Operation = typeof operations extends fc.Arbitrary<infer Drawn> ? Drawn : never

const people: LiveSession['user'][] = []

/** Everybody challenges, accepts, declines and withdraws, and gives up what they play. */
const trial: Trial<typeof lobby, Operation> = {
  channel: lobby,
  fold: lobbyFold,
  people: ['ada', 'ben', 'cleo'],
  rooms: ({ id }) => ['all', ownLobby(id)],
  // Those of the run before would be called off in the middle of this one.
  async prepare() {
    const [any] = people
    if (!any) return
    for (const { id, players } of (await readLobby(any, 'all')).games) {
      const player = people.find((one) => one.id === players[0].id)
      if (player) await resign(player, id)
    }
  },
  operations,
  async operate(tab, { does, which, whom }) {
    const own = tab.room(ownLobby(tab.user.id))
    const state = tab.present.map(({ room }) => room.snapshot.state)
    const challenges = state.flatMap(({ challenges }) => challenges)
    const one = challenges[which % Math.max(1, challenges.length)]
    const game = state.flatMap(({ games }) => games)[0]
    if (does === 'challenge') {
      const opponent = whom % 2 === 0 ? null : (people[whom % people.length]?.id ?? null)
      const time = { budget: 3_600_000, increment: 0 }
      const data = await own.call('challenge', { id: randomUUID(), opponent, first: 'random', ...time })
      return [{ room: data.invited ? own.name : 'all', push: 'challenged', data }]
    }
    if (does === 'resign') {
      if (game) await resign(tab.user, game.id)
      return []
    }
    if (one) await own.call(does, { id: one.id })
    return []
  },
  shared: ({ challenges, games, standings }: LobbyState) => ({ challenges, games, standings }),
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
  for (const name of ['ada', 'ben', 'cleo']) people.push((await server.signIn(name)).session.user)
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows the lobby that is loaded afresh', async () => {
  const { granted, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
