import { pack, unpack } from 'msgpackr'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type EndpointPaint, endpoints } from '#channels/endpoint'
import type { JoinReply, PushFrame } from '#channels/wire'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'
import { openEndpoints } from './endpoint-counts'
import { openSocket, refusalOf, type TestClient } from './test-client'

let server: TestServer
let ben: Visitor
const sockets: TestClient[] = []

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
afterEach(() => {
  for (const { ws } of sockets.splice(0)) ws.terminate()
})
afterAll(() => server.stop())

async function open(name: string): Promise<TestClient> {
  const socket = await openSocket(server, name, ben)
  sockets.push(socket)
  return socket
}

const shownOn = (paint: EndpointPaint, path: string) =>
  paint.latest?.flatMap(({ data }) => endpoints.pushes.counted.data.parse(data)).find((count) => count.path === path)

test('a room there is not is not found', async () => {
  const line = await server.connect(ben)
  expect(await line.emitWithAck('endpoint:join', { room: 'some' })).toMatchObject({ ok: false, code: 'not-found' })
})

test('the list says of each who may open it, what it speaks and how much it takes', async () => {
  const { state } = await openEndpoints()
  const told = state.endpoints.map(({ endpoint, authenticate, scope, speaks }) => [
    endpoint,
    authenticate,
    scope,
    speaks,
  ])
  expect(told).toEqual([
    ['device', 'api-key', 'device', 'json'],
    ['echo', 'session', null, 'frames'],
    ['exchange', 'public', null, 'text'],
    ['message-pack', 'session', null, 'message-pack'],
    ['my-endpoint', 'session', null, 'text'],
    ['time', 'public', null, 'text'],
  ])
  expect(new Set(state.endpoints.map(({ maxMessageBytes }) => maxMessageBytes))).toEqual(new Set([65_536]))
})

test('who watches sees the counts rise and fall, and a page begins with those of now', async () => {
  await open('echo')
  expect(shownOn(await openEndpoints(), '/ws/echo')).toEqual({ path: '/ws/echo', open: 1 })
  const line = await server.connect(ben)
  const seen: number[] = []
  line.on('endpoint:push', ({ pushes }: PushFrame) => {
    for (const { data } of pushes) {
      const { path, open } = endpoints.pushes.counted.data.parse(data)
      if (path === '/ws/echo') seen.push(open)
    }
  })
  const joined: JoinReply = await line.emitWithAck('endpoint:join', { room: 'all' })
  expect(joined).toMatchObject({ ok: true })
  const socket = await open('echo')
  await eventually(() => expect(seen.at(-1)).toBe(2))
  socket.ws.close()
  await eventually(() => expect(seen.at(-1)).toBe(1))
})

test('message-pack answers in MessagePack, and is for people alone', async () => {
  expect(await refusalOf(server, 'message-pack')).toMatchObject({ status: 401 })
  const socket = await open('message-pack')
  const value = { order: 1042, lines: ['press', 'saw'], paid: true }
  socket.send(pack(value))
  const answer = await socket.next()
  expect(unpack(Buffer.from(answer))).toEqual({ value, at: expect.any(String) })
  socket.send('text')
  expect(await socket.closed).toEqual({ code: 1003, reason: 'malformed' })
})
