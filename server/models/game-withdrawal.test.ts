import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lobby, type NewChallenge, ownLobby } from '#channels/lobby'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { accept, challenge, decline, withdraw } from './game-challenge'
import { resign } from './game-play'
import { rematch } from './game-rematch'
import { readLobby } from './lobby'
import { readStored, startGame } from './test-game'
import { disableUser, enableUser } from './user'

let server: TestServer
let [ada, ben, cleo]: Visitor[] = []
const as = (visitor: Visitor | undefined) => {
  if (!visitor) throw new Error('There is no such person.')
  return visitor.session.user
}

beforeAll(async () => {
  server = await startTestServer()
  // What becomes of seats and clocks by themselves has tests of its own (game-watch.test.ts).
  await container().work.games.stop()
  ;[ada, ben, cleo] = await Promise.all(['ada', 'ben', 'cleo'].map((name) => server.signIn(name)))
})
afterAll(() => server.stop())
beforeEach(async () => {
  await container().database.prisma.game.deleteMany()
  await enableUser(as(ada), as(ben).id)
})

const wish = (opponent: string | null): NewChallenge => ({
  ...{ id: randomUUID(), opponent, first: 'me', budget: 60_000, increment: 0 },
})
const disableBen = () => disableUser(as(ada), as(ben).id)
const forget = (disabledAt: Date | null) =>
  container().database.prisma.user.update({ where: { id: as(ben).id }, data: { disabledAt } })

const unreadOfBen = (id: string) =>
  container().database.prisma.notification.count({ where: { userId: as(ben).id, about: `game/${id}`, readAt: null } })

test('a challenge of a person who was disabled before it was withdrawn with them is not taken, and is listed no more', async () => {
  const { id } = await challenge(as(ben), wish(null))
  await forget(new Date())
  await expect(accept(as(cleo), id)).rejects.toMatchObject({ code: 'conflict', message: /withdrawn/ })
  expect(await readStored(id)).toMatchObject({ state: 'over', ending: 'withdrawn', seats: [] })
  expect((await readLobby(as(cleo), 'all')).challenges).toEqual([])
})

test('a person who is being disabled makes no challenge, and none is begun with them', async () => {
  await forget(new Date())
  await expect(challenge(as(ben), wish(null))).rejects.toMatchObject({ code: 'forbidden' })
  await forget(null)
  const outcomes = await Promise.allSettled([challenge(as(ben), wish(null)), disableBen()])
  expect(outcomes[1]?.status).toBe('fulfilled')
  expect((await readLobby(as(cleo), 'all')).challenges).toEqual([])
})

test('disabled and taken at the same instant, one comes first', async () => {
  const { id } = await challenge(as(ben), wish(null))
  await Promise.allSettled([accept(as(cleo), id), disableBen()])
  const { state, seats } = await readStored(id)
  expect([state, seats.length]).toEqual(state === 'playing' ? ['playing', 2] : ['over', 0])
})

test('what a person has offered, and was offered, is withdrawn when they are disabled, on the open screens too', async () => {
  const open = await challenge(as(ben), wish(null))
  const direct = await challenge(as(ben), wish(as(cleo).id))
  const received = await challenge(as(cleo), wish(as(ben).id))
  const others = await challenge(as(cleo), wish(null))
  const playing = await startGame([as(cleo), as(ben)], '33')

  const socket = await server.connect(cleo ?? ada ?? raise())
  const seen: unknown[] = []
  socket.on(`${lobby.name}:push`, ({ pushes }: { pushes: { push: string; data: object }[] }) => {
    seen.push(...pushes.filter(({ push }) => push === 'settled').map(({ data }) => data))
  })
  for (const room of ['all', ownLobby(as(cleo).id)]) {
    expect(await socket.emitWithAck('lobby:join', { room })).toMatchObject({ ok: true })
  }
  await disableBen()
  await eventually(() => expect(seen).toHaveLength(3))
  expect(seen).toEqual(
    expect.arrayContaining([
      { id: open.id, as: 'withdrawn' },
      { id: direct.id, as: 'withdrawn' },
      { id: received.id, as: 'gone' },
    ]),
  )
  expect((await readLobby(as(cleo), 'all')).challenges.map(({ id }) => id)).toEqual([others.id])
  expect((await readLobby(as(cleo), ownLobby(as(cleo).id))).challenges).toEqual([])
  await expect(accept(as(cleo), direct.id)).rejects.toMatchObject({ code: 'conflict' })
  // Nobody moves for them any more: their seat is kept for a minute, as for anyone who leaves.
  expect(await readStored(playing)).toMatchObject({ state: 'playing', moves: '33' })
  socket.disconnect()
})

test('nobody gets a rematch with a person who is disabled', async () => {
  const id = await startGame([as(cleo), as(ben)], '33')
  await resign(as(cleo), id)
  await rematch(as(ben), id)
  await disableBen()
  await expect(rematch(as(cleo), id)).rejects.toMatchObject({ code: 'conflict' })
  expect((await readStored(id)).rematch).toBeNull()
})

test.each([
  ['taken', (id: string) => accept(as(ben), id)],
  ['declined', (id: string) => decline(as(ben), id)],
  ['withdrawn', (id: string) => withdraw(as(ada), id)],
])('what a person was told of a challenge is read once it is %s', async (_, settle) => {
  const { id } = await challenge(as(ada), wish(as(ben).id))
  const other = await challenge(as(cleo), wish(as(ben).id))
  expect(await unreadOfBen(id)).toBe(1)
  await settle(id)
  expect(await unreadOfBen(id)).toBe(0)
  expect(await unreadOfBen(other.id), 'the other challenge').toBe(1)
})

test('what a person was told of a rematch is read once they have asked for it too', async () => {
  const id = await startGame([as(ada), as(ben)])
  await resign(as(ada), id)
  await rematch(as(ada), id)
  expect(await unreadOfBen(`${id}/rematch`)).toBe(1)
  await rematch(as(ben), id)
  expect(await unreadOfBen(`${id}/rematch`)).toBe(0)
})

function raise(): never {
  throw new Error('Nobody is signed in.')
}
