import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import type { JoinReply, Position } from '#channels/wire'
import { container } from '#server/container'
import { beginEpoch } from '#server/db/epoch'
import { countQueries } from '#server/test-queries'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { publish } from './publish'
import { serve } from './serve'

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({ nth: z.number() }),
  pushes: { noted: stream(z.string()) },
  calls: {},
})

let loads = 0
let loading = 0
let mostLoading = 0
const serveNotes = serve(notes, {
  authorize: () => {},
  state: async () => {
    mostLoading = Math.max(mostLoading, ++loading)
    await container().database.prisma.setting.findMany()
    loading--
    return { nth: ++loads }
  },
  calls: {},
})

const many = 500
let server: TestServer
let ben: Visitor
let sockets: Socket[]

beforeAll(async () => {
  const settings = { SOCKETS_PER_SESSION: '1000', HANDSHAKES_PER_MINUTE: '10000' }
  server = await startTestServer({ channels: [serveNotes], settings })
  ben = await server.signIn('ben')
  sockets = await Promise.all(Array.from({ length: many }, () => server.connect(ben)))
})
afterAll(() => server.stop())

const join = (socket: Socket, position?: Position): Promise<Extract<JoinReply, { ok: true }>> =>
  socket.emitWithAck('notes:join', { room: 'a', position })

test('five hundred who come back at once ask the database a few times for all of them', async () => {
  await Promise.all(Array.from({ length: 300 }, (_, index) => publish(notes, 'a', 'noted', `${index}`)))
  const { epoch } = await container().roomLog.positions.of('notes/a')
  const queries = countQueries()
  // They left at different numbers, and are back at the same moment.
  const left = sockets.map((_, index) => index % 150)
  const replies = await Promise.all(sockets.map((socket, index) => join(socket, { epoch, seq: left[index] ?? 0 })))
  expect(replies.map((reply) => 'pushes' in reply && reply.pushes[0]?.seq)).toEqual(left.map((seq) => seq + 1))
  // They arrive in a few turns of the event loop; each of those reads the position, and one of them the page.
  expect(queries.all()).toBeLessThan(20)
  await Promise.all(sockets.map((socket) => socket.emitWithAck('alive', { 'notes/a': 300 })))
  expect(queries.all()).toBeLessThan(40)
  queries.stop()
})

test('the states of five hundred are loaded a few at a time, and each gets its own', async () => {
  const replies = await Promise.all(sockets.map((socket) => join(socket)))
  expect(new Set(replies.map((reply) => 'state' in reply && JSON.stringify(reply.state))).size).toBe(many)
  expect(mostLoading).toBe(8)
})

test('a new epoch behind a running server closes every socket, and whoever is back gets the state', async () => {
  const before = await join(first())
  await beginEpoch(container().database.prisma)
  const closed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('disconnect', resolve))))
  // Any reading of a position will do.
  first().emit('alive', { 'notes/a': 300 })
  await closed
  const back = await server.connect(ben)
  const reply = await join(back, before.position)
  expect(reply).toHaveProperty('state')
  expect(reply.position).toMatchObject({ seq: 300 })
  expect(reply.position.epoch).not.toBe(before.position.epoch)
  expect(back.connected).toBe(true)
})

function first(): Socket {
  const [socket] = sockets
  if (!socket) throw new Error('Nobody is here.')
  return socket
}
