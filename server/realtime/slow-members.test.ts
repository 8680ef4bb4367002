import { setTimeout as sleep } from 'node:timers/promises'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineChannel, latest, stream, volatile } from '#channels/contract'
import type { PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { publish, withdraw } from './publish'
import { serve } from './serve'
import { slowRoom } from './slow-members'

const feed = defineChannel({
  name: 'feed',
  room: z.string(),
  state: z.object({}),
  pushes: {
    filled: stream(z.string()),
    hinted: volatile(z.string()),
    quoted: latest(z.object({ symbol: z.string(), price: z.number() }), ({ symbol }) => symbol),
    described: latest(z.object({ symbol: z.string(), text: z.string() }), ({ symbol }) => symbol),
  },
  calls: {},
})
const serveFeed = serve(feed, { authorize: () => {}, state: async () => ({}), calls: {} })

let server: TestServer
let ben: Visitor
beforeAll(async () => {
  server = await startTestServer({ channels: [serveFeed] })
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())

interface Reader {
  socket: Socket
  frames: PushFrame[]
  /** As a laptop whose lid is closed, or a program that hangs: the line stands, and nobody reads. */
  stop(): void
  goOn(): void
}

async function read(...rooms: string[]): Promise<Reader> {
  const socket = await server.connect(ben)
  const frames: PushFrame[] = []
  socket.on('feed:push', (frame: PushFrame) => frames.push(frame))
  for (const room of rooms) await socket.emitWithAck('feed:join', { room })
  // Engine.IO does not show its WebSocket, which can pause.
  const line = Reflect.get(socket.io.engine.transport, 'ws') as { pause(): void; resume(): void }
  return { socket, frames, stop: () => line.pause(), goOn: () => line.resume() }
}

const served = ({ socket }: Reader) => container().io.sockets.sockets.get(socket.id ?? '')
const isSlow = (reader: Reader) => served(reader)?.rooms.has(slowRoom) ?? false
const pushesOf = ({ frames }: Reader) => frames.flatMap(({ pushes }) => pushes)

let seq = 0
const fill = (room: string, bytes = 30_000) =>
  container().delivery.send(feed, room, { push: 'filled', seq: ++seq, at: Date.now(), data: 'x'.repeat(bytes) })

/**
 * The operating system takes some megabytes before anything waits here. Looks twice: on a busy machine several
 * pushes leave in one frame, which is a lot for a moment.
 */
async function fillUntil(reached: () => boolean, room: string): Promise<void> {
  do {
    while (!reached()) {
      fill(room)
      await sleep(5)
    }
    await sleep(20)
  } while (!reached())
}

const quote = (room: string, symbol: string, price: number) => publish(feed, room, 'quoted', { symbol, price })

describe('too slow', () => {
  test('whoever reads nothing is out of all rooms at once, and learns why when it reads on', async () => {
    const reader = await read('a', 'b')
    const line = served(reader)?.conn.request.socket
    const end = endOf(reader.socket)
    reader.stop()
    await fillUntil(() => isSlow(reader), 'a')
    const filled = seq
    await fillUntil(() => served(reader) === undefined, 'a')
    // Each is held as text and as a frame.
    expect((seq - filled) * 60_000).toBeGreaterThan(700_000)
    expect((seq - filled) * 60_000).toBeLessThan(1_200_000)
    expect(await container().io.in(['feed/a', 'feed/b', slowRoom]).fetchSockets()).toEqual([])
    reader.goOn()
    expect(await end).toEqual({ reason: 'too-slow', retry: true })
    expect(line?.writableLength).toBe(0)
  })

  test('whoever never reads is cut off, and nothing waits any more', async () => {
    const reader = await read('a')
    const line = served(reader)?.conn.request.socket
    reader.stop()
    await fillUntil(() => served(reader) === undefined, 'a')
    expect(line?.writableLength).toBeGreaterThan(0)
    await eventually(() => expect(line?.destroyed).toBe(true))
    // What waited is dropped a moment after.
    await eventually(() => expect(line?.writableLength).toBe(0))
  })

  test('whoever never reads is owed no more values than the bound allows', async () => {
    const reader = await read('a')
    reader.stop()
    await fillUntil(() => isSlow(reader), 'a')
    for (const room of ['b', 'c']) await served(reader)?.join(`feed/${room}`)
    for (let key = 0; key < 9_000; key++) for (const room of ['b', 'c']) void quote(room, `${key}`, 1)
    await eventually(() => expect(served(reader)).toBeUndefined())
    reader.goOn()
  })
})

describe('slow', () => {
  test('it is spared what is volatile, and gets of the newest values the last, in one frame for each room', async () => {
    const [slow, quick] = [await read('a', 'b'), await read('a', 'b')]
    await quote('a', 'gone', 1)
    await eventually(() => expect(pushesOf(slow)).toMatchObject([{ key: 'gone' }]))
    slow.stop()
    await fillUntil(() => isSlow(slow), 'a')
    await publish(feed, 'b', 'hinted', 'spared')
    await eventually(() => expect(pushesOf(quick)).toContainEqual(expect.objectContaining({ data: 'spared' })))
    for (const price of [1, 2, 3]) {
      await quote('a', 'A', price)
      await quote('b', 'B', price)
      const newest = { push: 'quoted', key: 'B', data: { symbol: 'B', price } }
      await eventually(() => expect(pushesOf(quick)).toContainEqual(expect.objectContaining(newest)))
    }
    withdraw(feed, 'a', 'quoted', 'gone')
    await eventually(() => expect(pushesOf(quick).filter(({ key }) => key === 'gone')).toHaveLength(2))
    const filled = seq
    slow.goOn()
    await eventually(() => expect(isSlow(slow)).toBe(false))
    await publish(feed, 'b', 'hinted', 'heard')
    await eventually(() => expect(pushesOf(slow).at(-1)).toMatchObject({ data: 'heard' }))
    const after = slow.frames.filter(({ pushes }) => pushes.every(({ seq }) => seq === undefined)).slice(1)
    expect(after).toMatchObject([
      { room: 'a', pushes: [{ key: 'A', data: { price: 3 } }, { key: 'gone' }] },
      { room: 'b', pushes: [{ key: 'B', data: { price: 3 } }] },
      { room: 'b', pushes: [{ data: 'heard' }] },
    ])
    expect(after[0]?.pushes[1]).not.toHaveProperty('data')
    // The numbered ones are spared nobody.
    expect(pushesOf(slow).filter((pushed) => pushed.seq === filled)).toHaveLength(1)
  })

  test('it is given what it is owed room by room, so that this is not too much at once', async () => {
    const rooms = ['b', 'c', 'd', 'e']
    const [slow, quick] = [await read('a', ...rooms), await read(...rooms)]
    slow.stop()
    await fillUntil(() => isSlow(slow), 'a')
    const described = { symbol: 'A', text: 'x'.repeat(600_000) }
    for (const room of rooms) await publish(feed, room, 'described', described)
    const descriptions = (reader: Reader) => pushesOf(reader).filter(({ push }) => push === 'described')
    await eventually(() => expect(descriptions(quick)).toHaveLength(4))
    expect(descriptions(slow)).toHaveLength(0)
    slow.goOn()
    await eventually(() => expect(descriptions(slow)).toHaveLength(4))
    await eventually(() => expect(isSlow(slow)).toBe(false))
    expect(slow.socket.connected).toBe(true)
  })

  test('one frame longer than the bound is no reason to close, for who reads it', async () => {
    const reader = await read('a')
    fill('a', 3_000_000)
    fill('a', 1)
    await eventually(() => expect(pushesOf(reader)).toHaveLength(2))
    expect(reader.socket.connected).toBe(true)
    expect(isSlow(reader)).toBe(false)
  })

  test('it is owed nothing of a room it has left', async () => {
    const reader = await read('a', 'b')
    reader.stop()
    await fillUntil(() => isSlow(reader), 'a')
    const other = await read('b')
    await quote('b', 'B', 7)
    await eventually(() => expect(pushesOf(other)).toHaveLength(1))
    await served(reader)?.leave('feed/b')
    reader.goOn()
    await eventually(() => expect(isSlow(reader)).toBe(false))
    await publish(feed, 'a', 'hinted', 'last')
    await eventually(() => expect(pushesOf(reader).at(-1)).toMatchObject({ data: 'last' }))
    expect(pushesOf(reader).filter(({ push }) => push === 'quoted')).toEqual([])
  })
})
