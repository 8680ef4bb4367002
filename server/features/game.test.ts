import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Game } from '#channels/game'
import { container } from '#server/container'
import { challenge } from '#server/models/game-challenge'
import { playAll, readStored, startGame } from '#server/models/test-game'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'

let server: TestServer
let ada: Visitor
let ben: Visitor
let cleo: Visitor
let sockets: { ada: Socket; ben: Socket; cleo: Socket }
let id: string

beforeAll(async () => {
  server = await startTestServer()
  // What becomes of seats and clocks by themselves has tests of its own (game-watch.test.ts).
  await container().work.games.stop()
  ;[ada, ben, cleo] = await Promise.all([server.signIn('ada'), server.signIn('ben'), server.signIn('cleo')])
  const [first, second, third] = await Promise.all([ada, ben, cleo].map((one) => server.connect(one)))
  if (!first || !second || !third) throw new Error('Not everybody has come.')
  sockets = { ada: first, ben: second, cleo: third }
})
afterAll(() => server.stop())

const as = ({ session: { user } }: Visitor) => user
const pair = (): [ReturnType<typeof as>, ReturnType<typeof as>] => [as(ada), as(ben)]
beforeEach(async () => {
  id = await startGame(pair())
  for (const socket of Object.values(sockets)) expect(await join(socket)).toMatchObject({ ok: true })
})

const join = (socket: Socket, room = id) => socket.emitWithAck('game:join', { room })
type Who = keyof typeof sockets
const ask = (who: Who, call: string, input: object = {}) =>
  sockets[who].emitWithAck(`game:${call}`, { room: id, input })
/** It is refused, and the game is as it was. */
async function expectRefused(code: string, who: Who, call: string, input: object = {}): Promise<void> {
  const before = await readStored(id)
  expect(await ask(who, call, input), `${who} ${call} ${JSON.stringify(input)}`).toMatchObject({ ok: false, code })
  expect(await readStored(id)).toEqual(before)
}

describe('refused, and nothing is changed:', () => {
  test('whatever a spectator asks for', async () => {
    await playAll(pair(), id, '3')
    for (const column of [0, 3]) await expectRefused('forbidden', 'cleo', 'move', { column, number: 1 })
    for (const call of ['resign', 'offerDraw', 'rematch']) await expectRefused('forbidden', 'cleo', call)
    await expectRefused('forbidden', 'cleo', 'answerDraw', { accept: true })
  })

  test('a move that names a seat of its own', async () => {
    await expectRefused('conflict', 'ben', 'move', { column: 0, number: 0, seat: 0, user: as(ada) })
    await expectRefused('forbidden', 'cleo', 'move', { column: 0, number: 0, seat: 0, userId: as(ada).id })
  })

  test('a move out of turn', async () => {
    await expectRefused('conflict', 'ben', 'move', { column: 3, number: 0 })
    await playAll(pair(), id, '3')
    await expectRefused('conflict', 'ada', 'move', { column: 2, number: 1 })
    await expectRefused('conflict', 'ada', 'move', { column: 2, number: 2 })
  })

  test('a move of another number than the next', async () => {
    await playAll(pair(), id, '33')
    for (const number of [0, 1, 3, 4, 41]) await expectRefused('conflict', 'ada', 'move', { column: 2, number })
  })

  test('a move into a full column, and into one there is not', async () => {
    await playAll(pair(), id, '000000')
    await expectRefused('invalid', 'ada', 'move', { column: 0, number: 6 })
    for (const column of [-1, 7, 0.5, '3', null, [3], Number.MAX_SAFE_INTEGER]) {
      await expectRefused('invalid', 'ada', 'move', { column, number: 6 })
    }
    for (const number of [-1, 42, 0.5, '6', null]) await expectRefused('invalid', 'ada', 'move', { column: 1, number })
    await expectRefused('invalid', 'ada', 'move')
  })

  test('everything but a rematch, once the game is over', async () => {
    await playAll(pair(), id, '0101010')
    expect(await readStored(id)).toMatchObject({ state: 'over', ending: 'four', winner: 0 })
    await expectRefused('conflict', 'ben', 'move', { column: 1, number: 7 })
    await expectRefused('conflict', 'ada', 'move', { column: 1, number: 7 })
    for (const call of ['resign', 'offerDraw']) await expectRefused('conflict', 'ben', call)
    await expectRefused('conflict', 'ben', 'answerDraw', { accept: true })
  })

  test('a rematch while the game goes on, and an answer to a draw that nobody offered', async () => {
    await expectRefused('conflict', 'ada', 'rematch')
    await expectRefused('conflict', 'ada', 'answerDraw', { accept: true })
    await ask('ada', 'offerDraw')
    await expectRefused('conflict', 'ada', 'answerDraw', { accept: true })
    await expectRefused('invalid', 'ben', 'answerDraw', { accept: 'yes' })
  })

  test('a game there is not, and one between two others that has not begun', async () => {
    for (const room of [randomUUID(), 'general', id.toUpperCase()]) {
      expect(await join(sockets.cleo, room)).toMatchObject({ ok: false, code: 'not-found' })
    }
    const direct = randomUUID()
    const time = { budget: 60_000, increment: 0 }
    await challenge(as(ada), { id: direct, opponent: as(ben).id, first: 'me', ...time })
    expect(await join(sockets.cleo, direct)).toMatchObject({ ok: false, code: 'not-found' })
    expect(await join(sockets.ben, direct)).toMatchObject({ ok: true })
    const early = await sockets.ben.emitWithAck('game:move', { room: direct, input: { column: 0, number: 0 } })
    expect(early).toMatchObject({ ok: false, code: 'conflict' })
  })
})

test('a move is answered with the game, and sent again it is the same move', async () => {
  const moved = await ask('ada', 'move', { column: 3, number: 0 })
  expect(moved).toMatchObject({ ok: true, output: { moves: '3', version: 2 } })
  expect(await ask('ada', 'move', { column: 3, number: 0 })).toEqual(moved)
  await ask('ben', 'move', { column: 3, number: 1 })
  expect(await ask('ada', 'move', { column: 3, number: 0 })).toMatchObject({ ok: true, output: { moves: '33' } })
})

test('of two moves at the same instant one is played and one is refused', async () => {
  const answers = await Promise.all(
    [1, 2].map(async (column) => (await second()).emitWithAck('game:move', { room: id, input: { column, number: 0 } })),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.filter(({ code }) => code === 'conflict')).toHaveLength(1)
  expect((await readStored(id)).moves).toHaveLength(1)

  async function second(): Promise<Socket> {
    const socket = await server.connect(ada)
    await join(socket)
    return socket
  }
})

test('everybody in the room sees each change once, with its version', async () => {
  const seen: Game[] = []
  sockets.cleo.on('game:push', ({ room, pushes }) => {
    if (room === id) seen.push(...pushes.map(({ data }: { data: Game }) => data))
  })
  await ask('ada', 'move', { column: 3, number: 0 })
  await ask('ben', 'offerDraw')
  await ask('ada', 'answerDraw', { accept: false })
  await ask('ben', 'resign')
  await expect.poll(() => seen.map(({ version }) => version)).toEqual([2, 3, 4, 5])
  expect(seen.map(({ drawOfferedBy }) => drawOfferedBy)).toEqual([null, 1, null, null])
  expect(seen.at(-1)).toMatchObject({ state: 'over', ending: 'resigned', winner: 0, moves: '3' })
})
