import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chat } from '#channels/chat'
import type { JoinReply, Position, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { postMessage } from '#server/models/message'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'

let server: TestServer
let ben: Visitor
let socket: Socket

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
  socket = await server.connect(ben)
})
afterAll(() => server.stop())

const join = (room: string, position?: Position): Promise<Extract<JoinReply, { ok: true }>> =>
  socket.emitWithAck('chat:join', { room, position })
const write = (room: string, body: string) => postMessage(ben.session.user, room, { id: randomUUID(), body })

test('the state, where the client has no position', async () => {
  const reply = await join('general')
  expect(reply).toMatchObject({ ok: true, position: { seq: 0 }, state: { more: false } })
})

test('nothing, where the client lacks nothing', async () => {
  const { position } = await join('orders')
  expect(await join('orders', position)).toEqual({ ok: true, position, pushes: [] })
})

test('what came since, and that alone', async () => {
  await write('orders', 'one')
  const { position } = await join('orders')
  await write('orders', 'two')
  await write('orders', 'three')
  const reply = await join('orders', position)
  expect(reply).toMatchObject({
    position: { seq: position.seq + 2 },
    pushes: [
      { push: 'posted', seq: position.seq + 1, data: { body: 'two' } },
      { push: 'posted', seq: position.seq + 2, data: { body: 'three' } },
    ],
  })
})

test.each<[string, (now: Position) => Position]>([
  ['of another epoch', ({ seq }) => ({ epoch: randomUUID(), seq })],
  ['the log has never reached', ({ epoch, seq }) => ({ epoch, seq: seq + 1 })],
])('the state, for a position %s', async (_, change) => {
  const { position } = await join('hall-2')
  expect(await join('hall-2', change(position))).toHaveProperty('state')
})

test('the state, where the log has been trimmed', async () => {
  const { position } = await join('hall-2')
  await write('hall-2', 'to be forgotten')
  await write('hall-2', 'to be kept')
  await container().database.prisma.logEntry.deleteMany({ where: { room: 'chat/hall-2', seq: position.seq + 1 } })
  expect(await join('hall-2', position)).toHaveProperty('state')
})

test('a transaction that fails has published nothing and used no number', async () => {
  const { position } = await join('general')
  const failing = transaction(async (tx) => {
    const posted = { id: randomUUID(), author: { id: ben.session.user.id, name: 'ben' }, body: 'never', at: Date.now() }
    tx.publish(chat, 'general', 'posted', posted)
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await join('general', position)).toEqual({ ok: true, position, pushes: [] })
})

test('a push that is not what the contract says is refused with its transaction', async () => {
  const wrong = { id: 'no id', author: { id: ben.session.user.id, name: 'ben' }, body: 'never', at: Date.now() }
  await expect(transaction(async (tx) => tx.publish(chat, 'general', 'posted', wrong))).rejects.toThrow()
})

test('between what a join answers and what is pushed there is no hole, whenever it comes', async () => {
  const heard = new Set<number>()
  socket.on('chat:push', ({ room, pushes }: PushFrame) => {
    if (room === 'general') for (const { seq } of pushes) heard.add(seq ?? 0)
  })
  const { position: before } = await join('general')
  const writing = Promise.all(Array.from({ length: 40 }, (_, index) => write('general', `number ${index}`)))
  // Leaves and joins again and again while the forty are being written.
  let known = before
  for (let round = 0; round < 15; round++) {
    await socket.emitWithAck('chat:leave', { room: 'general' })
    const reply = await join('general', known)
    if ('state' in reply) throw new Error('The log should have reached back.')
    for (const { seq } of reply.pushes) heard.add(seq ?? 0)
    known = reply.position
  }
  await writing
  const last = await join('general', known)
  if ('state' in last) throw new Error('The log should have reached back.')
  for (const { seq } of last.pushes) heard.add(seq ?? 0)
  const expected = Array.from({ length: 40 }, (_, index) => before.seq + 1 + index)
  expect([...heard].filter((seq) => seq > before.seq).sort((a, b) => a - b)).toEqual(expected)
})
