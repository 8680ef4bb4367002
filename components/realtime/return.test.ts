import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineChannel, stream } from '#channels/contract'
import type { Ended } from '#channels/wire'
import { container } from '#server/container'
import { publish } from '#server/realtime/publish'
import { serve } from '#server/realtime/serve'
import { closeSocket } from '#server/realtime/session-end'
import type { Socket } from '#server/realtime/socket-server'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { until } from '#server/test-wait'
import type { Connection } from './connection'
import type { Fold } from './fold'
import { openRoom, type Room } from './room'
import { connectAs } from './test-client'

/** A channel that takes a note when the test lets it. */
const notes = defineChannel({
  name: 'notes',
  room: z.string(),
  state: z.object({ notes: z.array(z.string()) }),
  pushes: { noted: stream(z.string()) },
  calls: { note: { input: z.string(), output: z.string(), limit: { burst: 10_000, perSecond: 10_000 } } },
})

let gate: Promise<void> | undefined
let begun: string[] = []
const serveNotes = serve(notes, {
  authorize: () => {},
  state: async () => ({ notes: [] }),
  calls: {
    note: async ({ room }, text) => {
      begun.push(text)
      await gate
      await publish(notes, room, 'noted', text)
      return text
    },
  },
})
const fold: Fold<typeof notes> = { pushes: { noted: (state, text) => ({ notes: [...state.notes, text] }) } }

let server: TestServer
let ben: Visitor
let connection: Connection
let room: Room<typeof notes>

beforeAll(async () => {
  server = await startTestServer({ channels: [serveNotes] })
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())
beforeEach(async () => {
  begun = []
  gate = undefined
  connection = connectAs(server.url, ben)
  room = enter(connection)
  await is(room, 'joined')
})
afterEach(() => connection.hangUp())

const enter = (by: Connection) =>
  openRoom(by, notes, 'main', { state: { notes: [] }, position: { epoch: '', seq: 0 } }, fold)
const is = (one: Room<typeof notes>, status: string) => until(() => one.snapshot.status === status)
const gone: Ended = { reason: 'too-slow', retry: true, retryAfter: 1_000 }

function serverSide(): Socket {
  const socket = container().io.sockets.sockets.get(connection.socket.id ?? '')
  if (!socket) throw new Error('The server does not know this socket.')
  return socket
}

describe('a line that the server is about to close', () => {
  test('takes nothing new: a call waits for the next line, and is sent once', async () => {
    serverSide().emit('ended', { ...gone, retryAfter: 10 })
    await is(room, 'offline')
    expect(connection.socket.connected).toBe(true)
    const call = room.call('note', 'late')
    // Answered after whatever came before it on this line.
    await connection.socket.emitWithAck('notes:join', { room: 'main' })
    expect(begun).toEqual([])
    serverSide().disconnect(true)
    expect(await call).toBe('late')
    expect(begun).toEqual(['late'])
  })

  test('still brings the answer to what was asked on it', async () => {
    let open = () => {}
    gate = new Promise((resolve) => {
      open = resolve
    })
    const call = room.call('note', 'under way')
    await expect.poll(() => begun).toEqual(['under way'])
    serverSide().emit('ended', gone)
    await is(room, 'offline')
    open()
    expect(await call).toBe('under way')
    expect(room.snapshot.status).toBe('offline')
    serverSide().disconnect(true)
  })
})

test('a call that reaches a closing server too late is not carried out there, but by the next one', async () => {
  let open = () => {}
  gate = new Promise((resolve) => {
    open = resolve
  })
  const pending = room.call('note', 'pending')
  await expect.poll(() => begun).toEqual(['pending'])
  const late = connectAs(server.url, ben)
  const lateRoom = enter(late)
  await is(lateRoom, 'joined')
  // As if the word of the end were still on its way to this one.
  late.socket.off('ended')
  const draining = container().drain.begin()
  const ask = () => late.socket.emitWithAck('notes:leave', { room: 'elsewhere' })
  await expect.poll(ask, { timeout: 5_000 }).toMatchObject({ ok: false, code: 'unavailable' })
  const call = lateRoom.call('note', 'late')
  open()
  expect(await pending).toBe('pending')
  await draining
  expect(begun).toEqual(['pending'])
  await server.restart()
  expect(await call).toBe('late')
  expect(begun).toEqual(['pending', 'late'])
  late.hangUp()
})

describe('coming back', () => {
  test('not before the time that the server has asked for', async () => {
    const closedAt = Date.now()
    closeSocket(serverSide(), gone)
    await is(room, 'offline')
    await until(() => !connection.socket.connected)
    expect(connection.status).toMatchObject({ is: 'reconnecting', retryAt: expect.closeTo(closedAt + 1_000, -3) })
    await is(room, 'joined')
    expect(Date.now() - closedAt).toBeGreaterThanOrEqual(1_000)
  })

  test('at once, when the browser says that the network is back', async () => {
    closeSocket(serverSide(), { ...gone, retryAfter: 3_600_000 })
    await until(() => !connection.socket.connected)
    connection.retryNow()
    await is(room, 'joined')
  })

  test('when a handshake is refused with a time, at that time', async () => {
    const draining = container().drain.begin()
    // Our own back-off would be half a second then, and the server asks for 300 ms.
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.999)
    const late = connectAs(server.url, ben)
    const refusedAt = await new Promise<number>((resolve) =>
      late.socket.once('connect_error', () => resolve(Date.now())),
    )
    random.mockRestore()
    expect(late.status.is === 'reconnecting' && late.status.retryAt - refusedAt).toBeLessThanOrEqual(310)
    await draining
    await server.restart()
    await until(() => late.status.is === 'connected')
    late.hangUp()
  })
})

test('through restarts no call of five who never pause is refused or lost, and everyone has each note once, in order', async () => {
  const others = Array.from({ length: 4 }, () => connectAs(server.url, ben))
  const rooms = [room, ...others.map(enter)]
  await Promise.all(rooms.map((one) => is(one, 'joined')))
  const applied = rooms.map((one) => {
    const texts: unknown[] = []
    one.watch(({ data }) => texts.push(data))
    return texts
  })
  const stored: string[] = []
  let writing = true
  const writers = rooms.map(async (one, writer) => {
    for (let count = 0; writing; count++) stored.push(await one.call('note', `${writer}-${count}`))
  })
  for (let restart = 0; restart < 3; restart++) {
    const before = stored.length
    await until(() => stored.length > before + 50)
    await server.restart()
    await Promise.all(rooms.map((one) => is(one, 'joined')))
  }
  writing = false
  await Promise.all(writers)
  await room.call('note', 'last')
  await until(() => applied.every((texts) => texts.at(-1) === 'last'))
  const [first] = applied
  expect(first).toHaveLength(stored.length + 1)
  expect(new Set(first)).toEqual(new Set([...stored, 'last']))
  for (const texts of applied) expect(texts).toEqual(first)
  for (const other of others) other.hangUp()
}, 60_000)
