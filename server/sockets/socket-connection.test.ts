import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { container } from '#server/container'
import { requestText } from '#server/http/test-raw'
import { startTestServer, type TestServer } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { Attribute } from './attributes'
import type { Endpoint } from './endpoint'
import { addEndpoint, removeEndpoint } from './endpoints'
import type { SocketConnection } from './socket-connection'
import { openSocket } from './test-client'
import type { OpenTranscoder } from './transcoder'

let server: TestServer
let connections: SocketConnection[]
const onError = vi.fn()
const onClose = vi.fn()

beforeAll(async () => {
  server = await startTestServer({ settings: { WAITING_BYTES: '65536' } })
})
afterAll(() => server.stop())
beforeEach(() => {
  connections = []
  vi.resetAllMocks()
})
afterEach(() => void removeEndpoint('tried'))

const serve = (more: Partial<Endpoint> = {}) =>
  addEndpoint('tried', {
    description: 'For a test.',
    authenticate: 'public',
    handler: { onOpen: (connection) => void connections.push(connection), onError, onClose },
    ...more,
  })

/** A socket, with what the handler was given of it. */
async function open(more: Partial<Endpoint> = {}) {
  serve(more)
  const socket = await openSocket(server, 'tried')
  await eventually(() => expect(connections).toHaveLength(1))
  const [connection] = connections
  if (!connection) throw new Error('No connection.')
  return { socket, connection }
}

describe('close', () => {
  test.each([999, 1005, 1006, 1015, 5000])('throws for %d, which may not be sent, and closes nothing', async (code) => {
    const { socket, connection } = await open()
    expect(() => connection.close(code)).toThrow(RangeError)
    await connection.send('still there')
    expect(await socket.next()).toBe('still there')
    socket.ws.terminate()
  })

  test('says 1000 when nothing else is said, and the first reason is the one that counts', async () => {
    const { socket, connection } = await open()
    connection.close()
    connection.close(4000, 'again')
    expect(await socket.closed).toEqual({ code: 1000, reason: '' })
    await eventually(() => expect(onClose).toHaveBeenCalledTimes(1))
    connection.close(4000, 'and again')
  })

  test('shortens what a close frame cannot hold', async () => {
    const { socket, connection } = await open()
    connection.close(4000, '😀'.repeat(100))
    expect(await socket.closed).toEqual({ code: 4000, reason: '😀'.repeat(30) })
  })
})

describe('send', () => {
  test('resolves with false once the socket is closing', async () => {
    const { socket, connection } = await open()
    connection.close()
    expect(await connection.send('too late')).toBe(false)
    await socket.closed
    expect(await connection.send('far too late')).toBe(false)
    expect(onError).not.toHaveBeenCalled()
  })

  test('resolves with false when the transcoder drops the message', async () => {
    const transcoder: OpenTranscoder = () => ({
      onInboundMessage: (frame) => frame,
      onOutboundMessage: (message) => (message === 'secret' ? null : String(message)),
    })
    const { socket, connection } = await open({ transcoder })
    expect(await connection.send('secret')).toBe(false)
    expect(await connection.send('hello')).toBe(true)
    expect(await socket.next()).toBe('hello')
    socket.ws.terminate()
  })

  test('closes with 1011 what its transcoder cannot say, and tells onError', async () => {
    const { socket, connection } = await open()
    expect(await connection.send(1n)).toBe(false)
    expect(await socket.closed).toEqual({ code: 1011, reason: 'internal' })
    expect(onError).toHaveBeenCalledTimes(1)
  })

  test('keeps the order, however long each takes in the transcoder', async () => {
    const transcoder: OpenTranscoder<unknown, number> = () => ({
      onInboundMessage: (frame) => frame,
      onOutboundMessage: (turn) => (turn % 3 === 0 ? String(turn) : wait(turn % 5, String(turn))),
    })
    const { socket, connection } = await open({ transcoder })
    const sent = Array.from({ length: 50 }, (_, turn) => turn)
    const taken = sent.map((turn) => connection.send(turn))
    const received: unknown[] = []
    for (const _ of sent) received.push(await socket.next())
    expect(received).toEqual(sent.map(String))
    expect(await Promise.all(taken)).toEqual(sent.map(() => true))
    socket.ws.terminate()
  })
})

describe('a client that reads too slowly', () => {
  let line: Socket | undefined
  afterEach(() => line?.destroy())

  test('is closed with 1013 when more waits for it than may, and costs no more than that', async () => {
    serve()
    // It does its handshake, and then reads nothing at all.
    line = connect(Number(new URL(server.url).port), '127.0.0.1')
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' }
    line.write(requestText('GET', '/ws/tried', { ...headers, 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' }))
    line.pause()
    await eventually(() => expect(connections).toHaveLength(1))
    const [connection] = connections
    if (!connection) throw new Error('No connection.')
    let most = 0
    const frame = 'x'.repeat(10_000)
    // What the system itself buffers does not count, and differs from one to the next.
    while (await connection.send(frame)) most = Math.max(most, connection.bufferedAmount)
    expect(most).toBeGreaterThan(65_536)
    expect(most).toBeLessThan(65_536 + 2 * frame.length)
    // When it reads after all, the last thing it reads is why.
    const bytes: Buffer[] = []
    line.on('data', (chunk: Buffer) => void bytes.push(chunk))
    line.resume()
    const closeFrame = `880a03f5${Buffer.from('too-slow').toString('hex')}`
    await eventually(() => expect(Buffer.concat(bytes).subarray(-12).toString('hex')).toBe(closeFrame))
    line.destroy()
    await eventually(() => expect(onClose).toHaveBeenCalledWith(1013, 'too-slow', connection))
  })

  test('is not harmed by one message that is larger', async () => {
    const { socket, connection } = await open()
    const large = 'x'.repeat(1_000_000)
    expect(await connection.send(large)).toBe(true)
    expect(await socket.next()).toBe(large)
    socket.ws.terminate()
  })

  test('or whose transcoder is, with 1013 too', async () => {
    const transcoder: OpenTranscoder = () => ({
      onInboundMessage: (frame) => frame,
      onOutboundMessage: () => new Promise<null>(() => {}),
    })
    const { socket, connection } = await open({ transcoder })
    for (let count = 0; count < 1_000; count++) void connection.send('x')
    expect(await connection.send('one too many')).toBe(false)
    expect(await socket.closed).toEqual({ code: 1013, reason: 'too-slow' })
  })
})

test("a handler's own data of a socket, typed by its attribute", async () => {
  const count = new Attribute<number>('count')
  serve({
    handler: {
      onMessage(_, connection) {
        const next = (connection.attributes.get(count) ?? 0) + 1
        connection.attributes.set(count, next)
        void connection.send(String(next))
      },
    },
  })
  const [one, two] = [await openSocket(server, 'tried'), await openSocket(server, 'tried')]
  for (const socket of [one, one, two]) socket.send('count')
  expect([await one.next(), await one.next(), await two.next()]).toEqual(['1', '2', '1'])
  for (const { ws } of [one, two]) ws.terminate()
})

test('a line on which nothing comes any more is cut at the second beat; one that answers stays', async () => {
  const { socket, connection } = await open()
  const deaf = await openSocket(server, 'tried')
  deaf.ws.pause()
  const { served } = container().sockets
  served.beat()
  await eventually(async () => {
    const list = await container().registry.list()
    expect(list.find(({ id }) => id === connection.id)?.roundTrip).not.toBeNull()
  })
  served.beat()
  await eventually(() => expect(onClose).toHaveBeenCalledWith(1006, '', expect.anything()))
  expect(onClose).toHaveBeenCalledTimes(1)
  expect(await connection.send('still there')).toBe(true)
  deaf.ws.terminate()
  socket.ws.terminate()
})
