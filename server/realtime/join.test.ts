import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chat, type Message } from '#channels/chat'
import type { JoinReply, Position, PushFrame } from '#channels/wire'
import { container } from '#server/container'
import { transaction } from '#server/db/transaction'
import { postMessage } from '#server/models/message'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { eventually } from '#server/test-wait'

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
  expect(reply).toMatchObject({ ok: true, position: { seq: 0 }, state: { last: 8 } })
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
    tx.publish(chat, 'general', 'posted', written(randomUUID()))
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await join('general', position)).toEqual({ ok: true, position, pushes: [] })
})

test('a push that is not what the contract says is refused with its transaction', async () => {
  const wrong = written('no id')
  await expect(transaction(async (tx) => tx.publish(chat, 'general', 'posted', wrong))).rejects.toThrow()
})

test('between what a join answers and what is pushed there is no hole, whenever a push comes', async () => {
  const heard = new Set<number>()
  const hear = (pushes: { seq?: number | undefined }[]) => {
    for (const { seq } of pushes) heard.add(seq ?? 0)
  }
  socket.on('chat:push', ({ room, pushes }: PushFrame) => room === 'general' && hear(pushes))
  let { position } = await join('general')
  for (let round = 0; round < 40; round++) {
    await socket.emitWithAck('chat:leave', { room: 'general' })
    await write('general', `${round}, away`)
    const joining = join('general', position)
    // Each round so many turns later, and so in another moment of the join: before, into or after its reading.
    for (let turn = 0; turn < round; turn++) await setImmediate()
    const writing = write('general', `${round}, during`)
    const reply = await joining
    if ('state' in reply) throw new Error('The log should have reached back.')
    hear(reply.pushes)
    await write('general', `${round}, after`)
    await writing
    const { seq } = position
    await eventually(() => expect([1, 2, 3].map((ahead) => heard.has(seq + ahead))).toEqual([true, true, true]))
    position = { ...position, seq: seq + 3 }
  }
})

function written(id: string): Message {
  const untouched = { version: 0, replyTo: null, editedAt: null, deletedAt: null, reactions: [] }
  const author = { id: ben.session.user.id, name: 'ben' }
  return { ...untouched, id, number: 1, author, body: 'never', at: Date.now() }
}
