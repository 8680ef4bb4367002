import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { container } from '#server/container'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'

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
afterEach(() => socket.disconnect())
afterAll(() => server.stop())

const join = (room: string) => socket.emitWithAck('chat:join', { room })
const post = (input: unknown, room = 'general') => socket.emitWithAck('chat:post', { room, input })

describe('closed as malformed', () => {
  test.each<[string, unknown[]]>([
    ['an unknown event', ['nonsense', { room: 'general' }]],
    ['an unknown channel', ['weather:join', { room: 'general' }]],
    ['an unknown call', ['chat:explode', { room: 'general', input: {} }]],
    ["a call named like an object's own property", ['chat:constructor', { room: 'general', input: {} }]],
    ['a call named __proto__', ['chat:__proto__', { room: 'general', input: {} }]],
    ['more than one colon', ['chat:join:now', { room: 'general' }]],
    ['no payload', ['chat:join']],
    ['a payload that is no object', ['chat:join', 'general']],
    ['a null payload', ['chat:join', null]],
    ['two payloads', ['chat:join', { room: 'general' }, { room: 'orders' }]],
    ['a field too many', ['chat:join', { room: 'general', as: 'ada' }]],
    ['a room that is no text', ['chat:join', { room: 7 }]],
    ['a room of no length', ['chat:join', { room: '' }]],
    ['a room of endless length', ['chat:join', { room: 'x'.repeat(1_000) }]],
    ['a position that is none', ['chat:join', { room: 'general', position: { epoch: 'x', seq: -1 } }]],
    ['a call without a room', ['chat:post', { input: {} }]],
    ['binary data', ['chat:join', Buffer.from('room')]],
  ])('%s', async (_, [event, ...args]) => {
    const end = endOf(socket)
    socket.emit(event as string, ...args)
    expect(await end).toEqual({ reason: 'malformed', retry: false })
  })
})

test.each(['42[5]', '42[null,{}]', '42[{"room":"general"}]', '42[["chat:join"],{"room":"general"}]'])(
  'a packet whose event has no name, %s',
  async (packet) => {
    const gone = new Promise((resolve) => socket.once('disconnect', resolve))
    socket.io.engine.write(packet)
    await gone
  },
)

test('what comes on the line together with that for which it is closed is not carried out', async () => {
  await join('general')
  const id = randomUUID()
  const end = endOf(socket)
  socket.emit('nonsense', {})
  socket.emit('chat:post', { room: 'general', input: { id, body: 'in the same breath' } })
  expect(await end).toMatchObject({ reason: 'malformed' })
  // Whatever the server does next it does after this: another post, which is carried out.
  const other = await server.connect(ben)
  await other.emitWithAck('chat:join', { room: 'general' })
  await other.emitWithAck('chat:post', { room: 'general', input: { id: randomUUID(), body: 'afterwards' } })
  expect(await container().database.prisma.message.findUnique({ where: { id } })).toBeNull()
})

test('a message over 64 KiB closes the socket', async () => {
  await join('general')
  const end = endOf(socket)
  socket.emit('chat:post', { room: 'general', input: { id: randomUUID(), body: 'x'.repeat(70_000) } })
  await end
  expect(
    await container().database.prisma.message.count({
      where: { author: { name: 'ben' }, body: { startsWith: 'xxxx' } },
    }),
  ).toBe(0)
})

describe('refused', () => {
  test('a room there is not', async () => {
    expect(await join('attic')).toMatchObject({ ok: false, code: 'not-found' })
  })

  test('a room name the contract does not allow', async () => {
    expect(await join('../general')).toMatchObject({ ok: false, code: 'not-found' })
  })

  test('a room for others', async () => {
    expect(await socket.emitWithAck('broadcast:join', { room: 'admin' })).toMatchObject({
      ok: false,
      code: 'forbidden',
    })
    const { session } = await server.signIn('cleo')
    const room = `person-${session.user.id}`
    expect(await socket.emitWithAck('broadcast:join', { room })).toMatchObject({ ok: false, code: 'forbidden' })
  })

  test('a call before the join', async () => {
    expect(await post({ id: randomUUID(), body: 'hello' })).toMatchObject({ ok: false, code: 'not-joined' })
  })

  test('a call after the leave', async () => {
    await join('general')
    expect(await socket.emitWithAck('chat:leave', { room: 'general' })).toEqual({ ok: true })
    expect(await post({ id: randomUUID(), body: 'hello' })).toMatchObject({ ok: false, code: 'not-joined' })
  })

  test('a call to a room that could not be joined, and the socket with it', async () => {
    const end = endOf(socket)
    socket.emit('broadcast:dismiss', { room: 'admin', input: { id: randomUUID() } })
    expect(await end).toEqual({ reason: 'forbidden', retry: false })
  })

  test.each([
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['2,001 characters', 'x'.repeat(2_001)],
    ['a NUL, which no database would take', 'a\0b'],
    ['half a character', 'a\ud800b'],
    ['no text', 7],
  ])('a message of %s, naming the field', async (_, body) => {
    await join('general')
    const answer = await post({ id: randomUUID(), body })
    expect(answer).toMatchObject({ ok: false, code: 'invalid', issues: [{ path: 'body' }] })
  })

  test('a message whose id is no id', async () => {
    await join('general')
    expect(await post({ id: 'mine', body: 'hello' })).toMatchObject({
      ok: false,
      code: 'invalid',
      issues: [{ path: 'id' }],
    })
  })

  test('input that is not there at all', async () => {
    await join('general')
    expect(await socket.emitWithAck('chat:post', { room: 'general', input: null })).toMatchObject({
      ok: false,
      code: 'invalid',
    })
  })
})

test.each([1e300, -1, 0.5, 9e15])('a page from the number %d is invalid', async (from) => {
  await join('general')
  const answer = await socket.emitWithAck('chat:page', { room: 'general', input: { from, to: 1 } })
  expect(answer).toMatchObject({
    ok: false,
    code: 'invalid',
    issues: expect.arrayContaining([expect.objectContaining({ path: 'from' })]),
  })
})

test('a call without an acknowledgement is carried out', async () => {
  await join('general')
  const id = randomUUID()
  const pushed = new Promise((resolve) => socket.on('chat:push', resolve))
  socket.emit('chat:post', { room: 'general', input: { id, body: 'no answer wanted' } })
  expect(await pushed).toMatchObject({ room: 'general', pushes: [{ push: 'posted', data: { id } }] })
})

test('what is asked of one room is done in the order it was asked', async () => {
  const [joined, left, posted] = await Promise.all([
    join('general'),
    socket.emitWithAck('chat:leave', { room: 'general' }),
    post({ id: randomUUID(), body: 'too late' }),
  ])
  expect(joined).toMatchObject({ ok: true })
  expect(left).toEqual({ ok: true })
  expect(posted).toMatchObject({ ok: false, code: 'not-joined' })
})

test('the sender receives its own message, and a typing sign reaches the others', async () => {
  const cleo = await server.connect(await server.signIn('cleo'))
  await Promise.all([join('orders'), cleo.emitWithAck('chat:join', { room: 'orders' })])
  const seen = new Promise((resolve) => cleo.on('chat:push', resolve))
  socket.emit('chat:typing', { room: 'orders', input: {} })
  expect(await seen).toMatchObject({ room: 'orders', pushes: [{ push: 'typing', data: { user: { name: 'ben' } } }] })

  const own = new Promise((resolve) =>
    socket.on('chat:push', ({ pushes: [first] }) => first.push === 'posted' && resolve(first)),
  )
  const answer = await post({ id: randomUUID(), body: '  hello  ' }, 'orders')
  expect(answer).toMatchObject({ ok: true, output: { body: 'hello', author: { name: 'ben' } } })
  expect(await own).toMatchObject({ seq: 1, data: answer.output })
})
