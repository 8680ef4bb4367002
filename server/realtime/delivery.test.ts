import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chat } from '#channels/chat'
import type { PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'

let server: TestServer
let ben: Visitor
let socket: Socket
let frames: PushFrame[]

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
beforeEach(async () => {
  // Its own for each socket: the one of the test before is still listening.
  const heard: PushFrame[] = []
  frames = heard
  socket = await server.connect(ben)
  socket.on('chat:push', (frame: PushFrame) => heard.push(frame))
  await Promise.all(['general', 'orders'].map((room) => socket.emitWithAck('chat:join', { room })))
})
afterAll(() => server.stop())

const send = (room: string, seq: number) => {
  const { id, name } = ben.session.user
  const data = { id: randomUUID(), author: { id, name }, body: `${seq}`, at: seq }
  container().delivery.send(chat, room, { push: 'posted', seq, at: Date.now(), data })
}
const numbers = (room: string) =>
  frames.filter((frame) => frame.room === room).map(({ pushes }) => pushes.map(({ seq }) => seq))

test('a lone push leaves at once, those that follow leave together and in order, and each room by itself', async () => {
  for (const seq of [1, 2, 3, 4]) send('general', seq)
  send('orders', 1)
  await eventually(() => expect([...numbers('general'), ...numbers('orders')].flat()).toHaveLength(5))
  expect(numbers('general')).toEqual([[1], [2, 3, 4]])
  expect(numbers('orders')).toEqual([[1]])
})

test('after a pause the next one is a lone push again', async () => {
  send('general', 1)
  await eventually(() => expect(numbers('general')).toEqual([[1]]))
  // Another room's two frames take as long as the first room is busy, and a little more.
  send('orders', 1)
  send('orders', 2)
  await eventually(() => expect(numbers('orders')).toEqual([[1], [2]]))
  send('general', 2)
  send('general', 3)
  await eventually(() => expect(numbers('general')).toEqual([[1], [2], [3]]))
})

const hint = (room: string) => {
  const { id, name } = ben.session.user
  container().delivery.send(chat, room, { push: 'typing', at: Date.now(), data: { user: { id, name } } })
}

test('volatile pushes keep their place among the others, and a frame of its own', async () => {
  send('general', 1)
  hint('general')
  for (const seq of [2, 3]) send('general', seq)
  await eventually(() => expect(numbers('general')).toEqual([[1], [undefined], [2, 3]]))
})

test('a volatile push that leaves in one turn with another frame is no less heard', async () => {
  send('general', 1)
  hint('orders')
  await eventually(() => expect([numbers('general'), numbers('orders')]).toEqual([[[1]], [[undefined]]]))
})
