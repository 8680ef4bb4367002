import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JoinReply } from '#channels/wire'
import { container } from '#server/container'
import { postMessage } from '#server/models/message'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { closeSilent } from './alive'

let server: TestServer
let ben: Visitor
let socket: Socket

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
beforeEach(async () => {
  socket = await server.connect(ben)
})
afterAll(() => server.stop())

const alive = (seqs: unknown) => socket.emitWithAck('alive', seqs)

describe('closed as malformed', () => {
  test.each([
    ['no object', 7],
    ['a number that is none', { 'chat/general': '1' }],
    ['a number below zero', { 'chat/general': -1 }],
    [
      'more rooms than anyone joins',
      Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`chat/${index}`, 0])),
    ],
  ])('%s', async (_, payload) => {
    const end = endOf(socket)
    socket.emit('alive', payload)
    expect(await end).toMatchObject({ reason: 'malformed' })
  })
})

test('a room one is not in is passed over', async () => {
  await postMessage(ben.session.user, 'orders', { id: randomUUID(), body: 'something to be behind of' })
  expect(await alive({ 'chat/orders': 0, 'chat/attic': 0 })).toEqual({ ok: true, behind: {}, now: expect.any(Number) })
})

test('says in which rooms the client lacks something, and how far they have come', async () => {
  const reply: Extract<JoinReply, { ok: true }> = await socket.emitWithAck('chat:join', { room: 'general' })
  await socket.emitWithAck('chat:join', { room: 'hall-2' })
  const { seq } = reply.position
  expect(await alive({ 'chat/general': seq, 'chat/hall-2': 0 })).toEqual({
    ok: true,
    behind: {},
    now: expect.any(Number),
  })
  await postMessage(ben.session.user, 'general', { id: randomUUID(), body: 'one more' })
  expect(await alive({ 'chat/general': seq, 'chat/hall-2': 0 })).toEqual({
    ok: true,
    behind: { 'chat/general': seq + 1 },
    now: expect.any(Number),
  })
})

test('of two sockets the silent one is closed, and may come back', async () => {
  const other = await server.connect(ben)
  const end = endOf(socket)
  const [silent] = [...container().io.of('/').sockets.values()].filter(({ id }) => id === socket.id)
  const heardAt = silent?.data.heardAt ?? 0
  // Until the clock has moved on the two could not be told apart.
  await expect.poll(() => Date.now()).toBeGreaterThan(heardAt + 1)
  await other.emitWithAck('alive', {})
  closeSilent(container().io, heardAt + 1)
  expect(await end).toBeUndefined()
  expect(other.connected).toBe(true)
})
