import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { games } from '#channels/game'
import { expectEquivalence } from '#components/realtime/test-equivalence'
import { slowed } from '#components/realtime/test-faults'
import type { Trial } from '#components/realtime/test-trial'
import { container } from '#server/container'
import { features } from '#server/features/all'
import { noteWatched } from '#server/models/game-downtime'
import { answerDraw, offerDraw, playMove, resign } from '#server/models/game-play'
import { rematch } from '#server/models/game-rematch'
import type { LiveSession } from '#server/models/session'
import { playAll, startGame } from '#server/models/test-game'
import { startTestServer, type TestServer } from '#server/test-server'
import { gameFold } from './game-fold'

type Does = 'move' | 'meddle' | 'offer' | 'accept' | 'decline' | 'resign' | 'rematch'
interface Operation {
  does: Does
  /** Which of the players. */
  by: number
  column: number
}
const often: Does[] = [
  ...Array<Does>(8).fill('move'),
  'meddle',
  'offer',
  'accept',
  'decline',
  'decline',
  'resign',
  'rematch',
]
const operations: fc.Arbitrary<Operation> = fc.record(
  { does: fc.constantFrom(...often), by: fc.nat(1), column: fc.nat(6) },
  { noNullPrototype: true },
)
const rooms: string[] = []
const players: LiveSession['user'][] = []

/**
 * Two play, with all they can say to each other, while others watch. What the server does by the clock alone has tests
 * of its own, and would come in between here: the players have no tab, and their seats are kept beyond the end of the
 * run; and a machine that is held up for seconds gives no time back.
 */
const trial: Trial<typeof games, Operation> = {
  channel: games,
  fold: gameFold,
  people: ['ben', 'cleo'],
  rooms: (_, run) => [rooms[run] ?? ''],
  async prepare() {
    const [first, second] = players
    if (!first || !second) throw new Error('There are two players.')
    const id = await startGame([first, second], '', { budget: 3_600_000, increment: 0 })
    const later = new Date(Date.now() + 3_600_000)
    await container().database.prisma.gameSeat.updateMany({ where: { gameId: id }, data: { awaySince: later } })
    await noteWatched(container().database.prisma, later.getTime())
    await playAll([first, second], id, '33')
    rooms.push(id)
  },
  operations,
  async operate(tab, { does, by, column }) {
    const [visit] = tab.present
    const player = players[by]
    if (!visit || !player) return []
    const { name } = visit.room
    const { moves } = visit.room.snapshot.state.game
    // Who only watches is refused, and sees nothing of it.
    if (does === 'meddle') await visit.room.call('move', { column, number: moves.length })
    else if (does === 'move') {
      const mover = players[moves.length % 2]
      if (mover) {
        const data = await playMove(mover, name, { column, number: moves.length })
        return [{ room: name, push: 'changed', data }]
      }
    } else if (does === 'offer') await offerDraw(player, name)
    else if (does === 'resign') await resign(player, name)
    else if (does === 'rematch') await rematch(player, name)
    else await answerDraw(player, name, { accept: does === 'accept' })
    return []
  },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ channels: features.map(slowed) })
  for (const name of ['ada', 'dora']) players.push((await server.signIn(name)).session.user)
})
afterAll(() => server.stop())

test('whatever happens on the way, every tab shows the game that is loaded afresh', async () => {
  const { granted, refused, cut } = await expectEquivalence(server, trial, { runs: 4 })
  expect(granted).toBeGreaterThan(2)
  expect(refused).toBeGreaterThan(2)
  expect(cut).toBeGreaterThan(0)
}, 120_000)
