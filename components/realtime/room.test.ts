import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream, volatile } from '#channels/contract'
import type { FirstPaint } from '#channels/wire'
import { container } from '#server/container'
import { endSession } from '#server/models/session'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually, until } from '#server/test-wait'
import { Connection } from './connection'
import type { Fold } from './fold'
import { openRoom, type Room } from './room'
import { connectAs } from './test-client'

/** A channel whose doors the tests hold: how long a join takes, and what a call does. */
const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({ notes: z.array(z.string()) }),
  pushes: { noted: stream(z.string()), seen: volatile(z.string()) },
  calls: {
    note: { input: z.string(), output: z.string() },
    look: { input: z.string(), output: z.string(), volatile: true },
  },
})
type State = z.infer<typeof notes.state>

const stored = new Map<string, string[]>()
let gate: Promise<void> | undefined
let joins: string[] = []
let waiting = false

const serveNotes = serve(notes, {
  authorize: async ({ room }) => {
    joins.push(room)
    await gate
    if (room === 'locked') refuse('forbidden', 'Not for you.')
  },
  state: async ({ room }) => ({ notes: stored.get(room) ?? [] }),
  calls: {
    note: async ({ room }, text) => {
      if (text === 'wait') {
        waiting = true
        await new Promise(() => {})
      }
      await write(room, text)
      return text
    },
    look: async ({ room }, text) => {
      await publish(notes, room, 'seen', text)
      return text
    },
  },
})

async function write(room: string, text: string): Promise<void> {
  stored.set(room, [...(stored.get(room) ?? []), text])
  await publish(notes, room, 'noted', text)
}

const fold: Fold<typeof notes> = { pushes: { noted: (state: State, text) => ({ notes: [...state.notes, text] }) } }
const unpainted: FirstPaint<State> = { state: { notes: [] }, position: { epoch: '', seq: 0 } }

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
  joins = []
})
afterEach(() => connection.hangUp())

const open = (room = name) => openRoom(connection, notes, room, unpainted, fold)
const joined = (room: Room<typeof notes>) => until(() => room.snapshot.status === 'joined')
const holds = (room: Room<typeof notes>, ...texts: string[]) =>
  eventually(() => expect(room.snapshot.state.notes).toEqual(texts))
/** Cut as a cable is: the client has no say in it. */
const cut = () => connection.socket.io.engine.close()

describe('refused', () => {
  test('a room for others is denied, with the reason', async () => {
    const room = open('locked')
    await until(() => room.snapshot.status === 'denied')
    expect(room.snapshot.refusal).toMatchObject({ code: 'forbidden', message: 'Not for you.' })
    await expect(room.call('note', 'x')).rejects.toMatchObject({ refused: { code: 'forbidden' } })
  })

  test('a call longer than a message may be never leaves, and the line stays', async () => {
    const room = open()
    await joined(room)
    await expect(room.call('note', 'x'.repeat(70_000))).rejects.toMatchObject({ refused: { code: 'too-large' } })
    expect(connection.status.is).toBe('connected')
  })

  test('a call under way when the line is cut is unavailable, and not sent again', async () => {
    const room = open()
    await joined(room)
    const call = room.call('note', 'wait')
    await until(() => waiting)
    cut()
    await expect(call).rejects.toMatchObject({ refused: { code: 'unavailable' } })
  })

  test('an ended session is told so and never tried again', async () => {
    const cleo = await server.signIn('cleo')
    const other = connectAs(server.url, cleo)
    const room = openRoom(other, notes, name, unpainted, fold)
    await joined(room)
    await endSession(cleo.session.id, 'revoked')
    await until(() => other.status.is === 'ended')
    expect(other.status).toMatchObject({ is: 'ended', ended: { reason: 'revoked' } })
    expect(room.snapshot.status).toBe('ended')
    await expect(room.call('note', 'x')).rejects.toMatchObject({ refused: { code: 'unauthenticated' } })
    other.retryNow()
    expect(other.socket.connected).toBe(false)
  })

  test('a session that ended while the line was cut is found out on the way back', async () => {
    const cleo = await server.signIn('cleo')
    const other = connectAs(server.url, cleo)
    await until(() => other.status.is === 'connected')
    other.socket.io.engine.close()
    await endSession(cleo.session.id, 'signed_out')
    await until(() => other.status.is === 'ended')
    expect(other.status).toMatchObject({ ended: { reason: 'signed-out' } })
  })
})

test('pushes while the line is cut are there afterwards, once and in order, cut after cut', async () => {
  const room = open()
  const seen: unknown[] = []
  room.watch(({ data }) => seen.push(data))
  await joined(room)
  const texts: string[] = []
  for (let round = 0; round < 6; round++) {
    // Every second cut comes without any traffic since the one before.
    const during = round % 2 === 0 ? [`${round}a`, `${round}b`] : []
    cut()
    await until(() => room.snapshot.status === 'offline')
    for (const text of during) await write(name, text)
    texts.push(...during)
    connection.retryNow()
    await joined(room)
    await holds(room, ...texts)
  }
  expect(seen).toEqual(texts)
})

test('a first paint is joined from its position, and what came since is all that is sent', async () => {
  await write(name, 'painted')
  const first = open()
  await joined(first)
  const { position } = await connection.socket.emitWithAck('notes:join', { room: name })
  await write(name, 'since')
  const other = connectAs(server.url, ben)
  const room = openRoom(other, notes, name, { state: { notes: ['painted'] }, position }, fold)
  const seen: unknown[] = []
  room.watch(({ data }) => seen.push(data))
  await joined(room)
  await holds(room, 'painted', 'since')
  expect(seen).toEqual(['since'])
  other.hangUp()
})

test('where the log does not reach back the state replaces what was there', async () => {
  const room = open()
  await joined(room)
  await write(name, 'one')
  await holds(room, 'one')
  cut()
  await until(() => room.snapshot.status === 'offline')
  await write(name, 'two')
  await write(name, 'three')
  await container().database.prisma.logEntry.deleteMany({ where: { room: `notes/${name}`, seq: 2 } })
  await joined(room)
  await holds(room, 'one', 'two', 'three')
})

test('a push out of turn waits for its turn, and what does not come is asked for', async () => {
  const room = open()
  await joined(room)
  await write(name, 'one')
  await holds(room, 'one')
  const at = Date.now()
  // As if another node's push had overtaken ours, and one had been lost on the way.
  await write(name, 'two')
  room.receive([{ push: 'noted', seq: 2, at, data: 'two' }])
  room.receive([{ push: 'noted', seq: 2, at, data: 'two' }])
  await holds(room, 'one', 'two')
  stored.set(name, ['one', 'two', 'three', 'four'])
  await connection.socket.emitWithAck('notes:leave', { room: name })
  await publish(notes, name, 'noted', 'three')
  await publish(notes, name, 'noted', 'four')
  room.receive([{ push: 'noted', seq: 4, at, data: 'four' }])
  expect(room.snapshot.state.notes).toEqual(['one', 'two'])
  await holds(room, 'one', 'two', 'three', 'four')
})

test('a call while the line is cut waits for it and is then sent once', async () => {
  const room = open()
  await joined(room)
  cut()
  await until(() => room.snapshot.status === 'offline')
  const call = room.call('note', 'late')
  expect(stored.get(name)).toBeUndefined()
  await expect(call).resolves.toBe('late')
  await holds(room, 'late')
  expect(stored.get(name)).toEqual(['late'])
})

test('a volatile call is dropped while the line is cut, and heard otherwise', async () => {
  const room = open()
  const seen: unknown[] = []
  room.watch(({ data }) => seen.push(data))
  await joined(room)
  cut()
  await until(() => room.snapshot.status === 'offline')
  room.hint('look', 'dropped')
  await joined(room)
  room.hint('look', 'heard')
  await until(() => seen.length > 0)
  expect(seen).toEqual(['heard'])
})

test('two who show one room share it, and the first to go does not leave for both', async () => {
  const [one, two] = [open(), open()]
  expect(one).toBe(two)
  await joined(one)
  expect(joins).toEqual([name])
  one.exit()
  await write(name, 'still here')
  await holds(two, 'still here')
})

test('the last to go leaves the room, and whoever comes next joins it afresh', async () => {
  const room = open()
  await joined(room)
  room.exit()
  await until(() => connection.room(room.key) === undefined)
  await eventually(async () => expect(await container().io.in(room.key).fetchSockets()).toHaveLength(0))
  const again = open()
  await joined(again)
  expect(again).not.toBe(room)
})

test('going and coming in one turn, as strict mode does, joins once and never leaves', async () => {
  const room = open()
  room.exit()
  expect(open()).toBe(room)
  await joined(room)
  await write(name, 'here')
  await holds(room, 'here')
  expect(joins).toEqual([name])
})

test('leaving during a slow join leaves, and its late answer changes nothing', async () => {
  await until(() => connection.status.is === 'connected')
  let letIn = () => {}
  gate = new Promise((resolve) => {
    letIn = resolve
  })
  const room = open()
  await until(() => joins.includes(name))
  room.exit()
  await until(() => connection.room(room.key) === undefined)
  letIn()
  gate = undefined
  // The server does what it is asked of one room in order: once this is answered, both have been done.
  await connection.socket.emitWithAck('notes:leave', { room: name })
  expect(await container().io.in(room.key).fetchSockets()).toHaveLength(0)
  expect(room.snapshot.status).toBe('joining')
})

test('after a reconnection every open room is joined again, and only those', async () => {
  const [kept, closed] = [open(), open(randomUUID())]
  await Promise.all([joined(kept), joined(closed)])
  closed.exit()
  await until(() => connection.room(closed.key) === undefined)
  joins = []
  cut()
  await until(() => kept.snapshot.status === 'offline')
  await joined(kept)
  expect(joins).toEqual([name])
})

test('a call on its way keeps its room open until it is answered', async () => {
  const room = open()
  await joined(room)
  cut()
  await until(() => room.snapshot.status === 'offline')
  const call = room.call('note', 'from elsewhere')
  room.exit()
  await expect(call).resolves.toBe('from elsewhere')
  await until(() => connection.room(room.key) === undefined)
})

test('what was lost in a busy room is asked for though pushes keep coming', async () => {
  const room = open()
  await joined(room)
  await write(name, 'one')
  await holds(room, 'one')
  stored.set(name, ['one', 'two'])
  await connection.socket.emitWithAck('notes:leave', { room: name })
  await publish(notes, name, 'noted', 'two')
  const texts = Array.from({ length: 40 }, (_, index) => `${index + 3}`)
  let pushed = 0
  const busy = setInterval(() => {
    const data = texts[pushed]
    if (data !== undefined) room.receive([{ push: 'noted', seq: 3 + pushed++, at: Date.now(), data }])
  }, 50)
  await eventually(() => expect(room.snapshot.state.notes.slice(0, 2)).toEqual(['one', 'two']))
  clearInterval(busy)
  expect(pushed).toBeLessThan(texts.length)
})

test('what this page does not understand denies the room for good, and nothing after it is applied', async () => {
  const room = open()
  await joined(room)
  const errors: unknown[] = []
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.once('uncaughtException', (error) => errors.push(error))
  room.receive([
    { push: 'noted', seq: 1, at: Date.now(), data: { from: 'a newer server' } },
    { push: 'noted', seq: 2, at: Date.now(), data: 'two' },
  ])
  expect(room.snapshot).toMatchObject({ status: 'denied', state: { notes: [] } })
  await until(() => errors.length > 0)
  for (const listener of listeners) process.on('uncaughtException', listener)
  cut()
  await until(() => connection.status.is === 'reconnecting')
  await until(() => connection.status.is === 'connected')
  await publish(notes, name, 'noted', 'one')
  await connection.socket.emitWithAck('notes:join', { room: name })
  expect(room.snapshot).toMatchObject({ status: 'denied', state: { notes: [] } })
})

test('the last push of a quiet room, if it was lost, is found out by saying alive', async () => {
  const lively = connectAs(server.url, ben, { sayAliveEvery: 50 })
  const room = openRoom(lively, notes, name, unpainted, fold)
  await joined(room)
  await write(name, 'one')
  await holds(room, 'one')
  // Out of the room on the server while it is published, and in again: as if its frame had been dropped.
  const [socket] = await container().io.in(room.key).fetchSockets()
  socket?.leave(room.key)
  await write(name, 'lost')
  socket?.join(room.key)
  await holds(room, 'one', 'lost')
  expect(lively.roundTrip).toBeGreaterThan(0)
  lively.hangUp()
})

test('a CSRF token that is no longer the right one is asked for anew', async () => {
  const tokens = ['stale', ben.csrfToken]
  const socket = { extraHeaders: { cookie: ben.cookie, origin: server.url }, forceNew: true }
  const returning = new Connection({ url: server.url, csrfToken: async () => tokens.shift(), socket })
  await until(() => returning.status.is === 'connected')
  expect(tokens).toEqual([])
  returning.hangUp()
})
