import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownLobby } from '#channels/lobby'
import { container } from '#server/container'
import { freshDataDir } from '#server/db/template'
import type { LiveSession } from '#server/models/session'
import { startNode } from '#server/test-node'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import { readStored, startGame } from './test-game'

let server: TestServer
let ada: Visitor
let ben: Visitor

beforeAll(async () => {
  server = await startTestServer()
  ;[ada, ben] = await Promise.all([server.signIn('ada'), server.signIn('ben')])
})
afterAll(() => server.stop())

const as = ({ session: { user } }: Visitor) => user
const pair = (): [LiveSession['user'], LiveSession['user']] => [as(ada), as(ben)]
const half = { budget: 1_800_000, increment: 0 }

async function enter(visitor: Visitor, id: string): Promise<Socket> {
  const socket = await server.connect(visitor)
  expect(await socket.emitWithAck('game:join', { room: id })).toMatchObject({ ok: true })
  return socket
}

test('a seat is kept while its player is away, and lost when that lasts too long', async () => {
  const id = await startGame(pair(), '33', half)
  const [hers, his] = [await enter(ada, id), await enter(ben, id)]
  const second = await enter(ben, id)
  const { prisma } = container().database
  await eventually(async () =>
    expect(await prisma.connection.count({ where: { rooms: { has: `game/${id}` } } })).toBe(3),
  )
  second.disconnect()
  his.disconnect()
  const away = await until(async () => (await readStored(id)).seats[1]?.awaySince)
  expect((await readStored(id)).seats[0]?.awaySince).toBeNull()
  expect(Math.abs(Date.now() - (away ?? 0))).toBeLessThan(20_000)

  // Back in time, and nothing has changed.
  const again = await enter(ben, id)
  await eventually(async () =>
    expect(await readStored(id)).toMatchObject({ state: 'playing', seats: [{}, { awaySince: null }] }),
  )
  again.disconnect()
  await until(async () => (await readStored(id)).seats[1]?.awaySince)
  await prisma.$executeRaw`UPDATE game_seat SET away_since = away_since - interval '61 s' WHERE game_id = ${id}::uuid AND seat = 1`
  await prisma.$executeRaw`UPDATE game SET due_at = now() WHERE id = ${id}::uuid`
  await eventually(async () => expect(await readStored(id)).toMatchObject({ state: 'over', ending: 'left', winner: 0 }))
  hers.disconnect()
})

test('the time a server was away is on nobody’s clock, and on no seat', async () => {
  const id = await startGame(pair(), '33', half)
  const { work, database } = container()
  await work.games.stop()
  // As if it had been killed ten minutes ago, with five seconds gone of the turn, and a seat kept for four.
  await database.prisma
    .$executeRaw`UPDATE setting SET value = to_jsonb(value::float8 - 600000) WHERE key = 'gamesWatchedAt'`
  await database.prisma.$executeRaw`
    UPDATE game SET turn_since = to_timestamp(((SELECT value::float8 FROM setting WHERE key = 'gamesWatchedAt') - 5000) / 1000)
    WHERE id = ${id}::uuid`
  await database.prisma.$executeRaw`
    UPDATE game_seat SET away_since = to_timestamp(((SELECT value::float8 FROM setting WHERE key = 'gamesWatchedAt') - 4000) / 1000)
    WHERE game_id = ${id}::uuid AND seat = 0`
  const { version } = await readStored(id)
  await server.restart()
  const resumed = await readStored(id)
  expect(resumed).toMatchObject({
    state: 'playing',
    moves: '33',
    seats: [{ left: half.budget }, { left: half.budget }],
  })
  expect(resumed.version).toBeGreaterThan(version)
  // Five seconds, and what has gone by since the start.
  const spent = Date.now() - (resumed.turnSince ?? 0)
  expect(spent).toBeGreaterThanOrEqual(5_000)
  expect(spent).toBeLessThan(60_000)
  const away = Date.now() - (resumed.seats[0]?.awaySince ?? 0)
  expect(away).toBeGreaterThanOrEqual(4_000)
  expect(away).toBeLessThan(spent)
})

test('killed in mid-game: position, clocks and turn are there again, and no move is played twice', async () => {
  const settings = { DEMO_ORDERS: '0' }
  const dataDir = await freshDataDir()
  let node = startNode({ dataDir, names: ['ada', 'ben'], settings })
  const { port, visitors } = await node.started
  const origin = `http://127.0.0.1:${port}`
  const [first, second] = visitors
  if (!first || !second) throw new Error('Nobody is signed in.')
  const connect = async ({ cookie, csrfToken }: typeof first) => {
    const socket = io(origin, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false },
      ...{ auth: { csrfToken }, extraHeaders: { origin, cookie } },
    })
    const me = await new Promise<{ id: string }>((resolve, reject) =>
      socket.once('person', resolve).once('connect_error', reject),
    )
    return { socket, room: ownLobby(me.id) }
  }
  const id = randomUUID()
  const [a, b] = [await connect(first), await connect(second)]
  const input = { id, opponent: null, first: 'me', budget: 60_000, increment: 1_000 }
  for (const { socket, room } of [a, b]) await socket.emitWithAck('lobby:join', { room })
  expect(await a.socket.emitWithAck('lobby:challenge', { room: a.room, input })).toMatchObject({ ok: true })
  expect(await b.socket.emitWithAck('lobby:accept', { room: b.room, input: { id } })).toMatchObject({ ok: true })
  for (const { socket } of [a, b]) await socket.emitWithAck('game:join', { room: id })
  const move = (socket: Socket, column: number, number: number) =>
    socket.emitWithAck('game:move', { room: id, input: { column, number } })
  for (const number of [0, 1, 2, 3]) {
    expect(await move(number % 2 === 0 ? a.socket : b.socket, number, number)).toMatchObject({ ok: true })
  }
  const last = await move(a.socket, 4, 4)
  expect(last).toMatchObject({ ok: true, output: { moves: '01234' } })
  node.kill('SIGKILL')
  await node.ended

  node = startNode({ dataDir, port, settings })
  await node.started
  const [hers, his] = [(await connect(first)).socket, (await connect(second)).socket]
  for (const socket of [hers, his]) await socket.emitWithAck('game:join', { room: id })
  // Its answer might have been lost with the server.
  expect(await move(hers, 4, 4)).toMatchObject({ ok: true, output: { moves: '01234', seats: last.output.seats } })
  expect(await move(hers, 5, 5)).toMatchObject({ ok: false, code: 'conflict' })
  expect(await move(his, 5, 5)).toMatchObject({ ok: true, output: { moves: '012345', state: 'playing' } })
  for (const socket of [hers, his]) socket.disconnect()
  node.kill('SIGTERM')
  await node.ended
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)
