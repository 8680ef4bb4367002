import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { PushFrame } from '#channels/wire'
import { createApiKey } from '#server/models/api-key'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { createWebsocket } from './outbound/clients'
import { openSocket, refusalOf, type TestClient } from './test-client'

let server: TestServer
let ada: Visitor
let ben: Visitor

beforeAll(async () => {
  server = await startTestServer()
  ada = await server.signIn('ada')
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())

async function openDevice(name = 'a test'): Promise<TestClient> {
  const { key } = await createApiKey(ada.session.user, { name, scopes: ['device'], expiresAt: null })
  return openSocket(server, 'device', {}, { headers: { authorization: `Bearer ${key}` } })
}

const read = async (socket: TestClient): Promise<unknown> => JSON.parse(String(await socket.next()))

describe('device', () => {
  test.each([
    ['no JSON', '{'],
    ['no device', { metrics: { temperature: 1 } }],
    ['a device without a proper name', { device: '../press', metrics: { temperature: 1 } }],
    ['no metrics', { device: 'press-7', metrics: {} }],
    ['a metric that is no number', { device: 'press-7', metrics: { temperature: '1' } }],
    ['a metric without a proper name', { device: 'press-7', metrics: { '': 1 } }],
    [
      '33 metrics',
      { device: 'press-7', metrics: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`m${i}`, i])) },
    ],
    ['a field too many', { device: 'press-7', metrics: { temperature: 1 }, key: 'mine' }],
  ])('is closed with 1007 for %s', async (_, message) => {
    const socket = await openDevice()
    socket.send(typeof message === 'string' ? message : JSON.stringify(message))
    expect(await socket.closed).toEqual({ code: 1007, reason: 'malformed' })
  })

  test('takes no session', async () => {
    expect(await refusalOf(server, 'device', ada)).toMatchObject({ status: 401 })
  })

  test('is closed with 1008 when it speaks for more than a hundred devices', async () => {
    const socket = await openDevice()
    for (let count = 0; count <= 100; count++) {
      socket.send(JSON.stringify({ device: `press-${count}`, metrics: { temperature: 1 } }))
    }
    expect(await socket.closed).toMatchObject({ code: 1008 })
  })

  test('everyone who is signed in sees at once what it sends, and whoever comes later sees the last of it', async () => {
    const line = await server.connect(ben)
    await line.emitWithAck('telemetry:join', { room: 'all' })
    const seen: PushFrame['pushes'] = []
    line.on('telemetry:push', ({ pushes }: PushFrame) => seen.push(...pushes))
    const device = `press-${randomUUID()}`
    const socket = await openDevice('hall 2')
    for (const temperature of [70, 71.5]) {
      socket.send(JSON.stringify({ device, metrics: { temperature, pressure: -0.5 } }))
      expect(await read(socket)).toEqual({ ok: true, at: expect.any(Number) })
    }
    const measured = {
      device,
      metrics: { temperature: 71.5, pressure: -0.5 },
      key: { id: expect.any(String), name: 'hall 2' },
      at: expect.any(Number),
    }
    await eventually(() => expect(seen.at(-1)).toMatchObject({ push: 'measured', data: measured }))
    const later = await server.connect(ada)
    const { latest } = await later.emitWithAck('telemetry:join', { room: 'all' })
    expect(latest).toContainEqual(expect.objectContaining({ push: 'measured', data: measured }))
    socket.ws.terminate()
  })

  test('devices of two keys may have one name', async () => {
    const sockets = [await openDevice('one'), await openDevice('two')]
    for (const socket of sockets) {
      socket.send(JSON.stringify({ device: 'twin', metrics: { temperature: 1 } }))
      await socket.next()
      socket.ws.terminate()
    }
    const line = await server.connect(ben)
    const { latest } = await line.emitWithAck('telemetry:join', { room: 'all' })
    const twins = latest.filter(({ data }: { data: { device: string } }) => data.device === 'twin')
    expect(twins.map(({ data }: { data: { key: { name: string } } }) => data.key.name).toSorted()).toEqual([
      'one',
      'two',
    ])
  })
})

test('echo says text and binary as they came', async () => {
  expect(await refusalOf(server, 'echo')).toMatchObject({ status: 401 })
  const socket = await openSocket(server, 'echo', ben)
  for (const message of ['hello', '', 'héllo 😀', Buffer.from([0, 255, 128]), Buffer.alloc(0)]) {
    socket.send(message)
    const said = await socket.next()
    // By their bytes: ws has one empty Buffer for the whole process, and msgpackr may have put a property on it.
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(Buffer.isBuffer(said) && said.equals(message)).toBe(true)
  }
  socket.ws.terminate()
})

test('time says what time it is at once, when asked, and every second', async () => {
  const socket = await openSocket(server, 'time')
  const said = [await socket.next()]
  socket.send('?')
  said.push(await socket.next(), await socket.next())
  for (const time of said) expect(Math.abs(Date.parse(String(time)) - Date.now())).toBeLessThan(5_000)
  socket.ws.terminate()
})

const quotes = expect.arrayContaining([
  { symbol: expect.any(String), price: expect.any(Number), change: expect.any(Number), at: expect.any(Number) },
])

test('exchange says all quotes at first, and then those that move', async () => {
  const [one, two] = [await openSocket(server, 'exchange'), await openSocket(server, 'exchange')]
  for (const socket of [one, two]) expect(await read(socket)).toEqual({ quotes })
  // The first has listened a little longer.
  const since = await two.next()
  while ((await one.next()) !== since);
  expect([await two.next(), await two.next()]).toEqual([await one.next(), await one.next()])
  one.ws.terminate()
  two.ws.terminate()
})

test('exchange is heard over an outbound socket to this very server', async () => {
  const onMessage = vi.fn()
  const client = createWebsocket(`${server.url.replace('http', 'ws')}/ws/exchange`, { onMessage })
  await eventually(() => expect(onMessage.mock.calls.length).toBeGreaterThan(2))
  expect(JSON.parse(onMessage.mock.calls[0]?.[0])).toEqual({ quotes })
  client.close()
})

test('my-endpoint is document 000, to the letter', async () => {
  const socket = await openSocket(server, 'my-endpoint', ben)
  expect(await socket.next()).toBe('socket opened')
  socket.send('something else')
  socket.send('test message')
  expect(await socket.next()).toBe('test response:ben')
  expect(await socket.closed).toEqual({ code: 1000, reason: '' })
})
