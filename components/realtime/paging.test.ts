import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import type { Connection } from './connection'
import type { Fold } from './fold'
import { openRoom, type Room } from './room'
import { connectAs } from './test-client'

const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({ notes: z.array(z.string()) }),
  pushes: { noted: stream(z.string()) },
  calls: { count: { input: z.object({}), output: z.number() } },
})
type State = z.infer<typeof notes.state>

/** What happens whenever someone asks to join, before it is answered. */
let onJoin: (nth: number) => Promise<unknown> = async () => {}
let joins = 0

const serveNotes = serve(notes, {
  authorize: () => onJoin(++joins).then(() => {}),
  state: async () => ({ notes: ['afresh'] }),
  calls: { count: async () => joins },
})

const fold: Fold<typeof notes> = { pushes: { noted: (state: State, text) => ({ notes: [...state.notes, text] }) } }

let server: TestServer
let ben: Visitor
let connection: Connection
let name: string

beforeAll(async () => {
  server = await startTestServer({ channels: [serveNotes] })
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(() => {
  connection = connectAs(server.url, ben)
  name = randomUUID()
  joins = 0
  onJoin = async () => {}
})
afterEach(() => connection.hangUp())

/** Writes the notes of those numbers, from `first` to `last`: each says its number. */
const write = (first: number, last: number) =>
  Promise.all(upTo(last, first - 1).map((nth) => publish(notes, name, 'noted', nth)))
const upTo = (last: number, after = 0) => Array.from({ length: last - after }, (_, index) => `${after + index + 1}`)

/** A room whose page was painted when its log was empty, and the pushes it has applied. */
async function open() {
  const { epoch } = await container().roomLog.positions.of(`notes/${name}`)
  const painted: FirstPaint<State> = { state: { notes: [] }, position: { epoch, seq: 0 } }
  const room = openRoom(connection, notes, name, painted, fold)
  const seen: unknown[] = []
  room.watch(({ data }) => seen.push(data))
  return { room, seen }
}
const joined = (room: Room<typeof notes>) => until(() => room.snapshot.status === 'joined')

test('a gap longer than the log leads through is answered with the state, at once', async () => {
  await container().database.prisma.logRoom.create({ data: { key: `notes/${name}`, seq: 5_001 } })
  const { room, seen } = await open()
  await joined(room)
  expect(room.snapshot.state.notes).toEqual(['afresh'])
  expect(seen).toEqual([])
  expect(joins).toBe(1)
})

test('a long gap is closed page by page while more is pushed: each once, in order, and joined only at the end', async () => {
  await write(1, 450)
  // While each page is asked for, and so between it and the one before.
  onJoin = async (nth) => (nth > 1 ? write(451 + (nth - 2) * 10, 460 + (nth - 2) * 10) : undefined)
  const { room, seen } = await open()
  const early = new Set<number>()
  const unsubscribe = room.subscribe(() => {
    if (room.snapshot.status === 'joined') return
    early.add(room.snapshot.state.notes.length)
  })
  const call = room.call('count', {})
  await joined(room)
  unsubscribe()
  await eventually(() => expect(seen).toEqual(upTo(470)))
  expect(room.snapshot.state.notes).toEqual(upTo(470))
  expect(joins).toBe(3)
  // A call waits for the end.
  expect(await call).toBe(3)
  // It was seen to come nearer, and was not called joined.
  for (const length of [200, 400]) expect(early).toContain(length)
  await write(471, 472)
  await eventually(() => expect(seen).toEqual(upTo(472)))
})

test('cut in the middle of a long gap, it goes on from where it was', async () => {
  await write(1, 450)
  onJoin = async (nth) => (nth === 2 ? connection.socket.io.engine.close() : undefined)
  const { room, seen } = await open()
  await until(() => room.snapshot.status === 'offline')
  expect(seen).toEqual(upTo(200))
  connection.retryNow()
  await joined(room)
  expect(seen).toEqual(upTo(450))
  expect(joins).toBe(4)
})

test('what is too far ahead to be held is asked for, without a push that would tell', async () => {
  const { room, seen } = await open()
  await joined(room)
  await connection.socket.emitWithAck('notes:leave', { room: name })
  await write(1, 1_100)
  room.receive([{ push: 'noted', seq: 1_100, at: Date.now(), data: '1100' }])
  expect(room.snapshot.state.notes).toEqual([])
  await eventually(() => expect(seen).toEqual(upTo(1_100)))
  expect(room.snapshot.status).toBe('joined')
})
