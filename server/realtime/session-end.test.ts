import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { container } from '#server/container'
import { postMessage } from '#server/models/message'
import { endSession } from '#server/models/session'
import { endOf, startTestServer, type TestServer } from '#server/test-server'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('signing in elsewhere tells every socket of the earlier session why, from where and when, and closes it', async () => {
  const first = await server.signIn('ben', 'Firefox on Linux')
  const ends = (await Promise.all([server.connect(first), server.connect(first)])).map(endOf)
  const second = await server.signIn('ben', 'Safari on iPhone')
  const by = { device: 'Safari on iPhone', address: '127.0.0.1' }
  for (const said of await Promise.all(ends)) {
    expect(said).toEqual({ reason: 'signed-in-elsewhere', retry: false, at: expect.any(Number), by })
    expect(said?.at).toBeGreaterThan(Date.now() - 60_000)
  }
  expect((await server.connect(second)).connected).toBe(true)
})

test('what an ended session still sends changes nothing', async () => {
  const cleo = await server.signIn('cleo')
  const socket = await server.connect(cleo)
  await socket.emitWithAck('chat:join', { room: 'general' })
  const end = endOf(socket)
  const id = randomUUID()
  await endSession(cleo.session.id, 'revoked')
  socket.emit('chat:post', { room: 'general', input: { id, body: 'from the grave' } })
  expect(await end).toMatchObject({ reason: 'revoked', retry: false })
  expect(await container().database.prisma.message.findUnique({ where: { id } })).toBeNull()
})

test('what was waiting for its turn when the session ended is not carried out', async () => {
  const cleo = await server.signIn('cleo')
  const socket = await server.connect(cleo)
  await socket.emitWithAck('chat:join', { room: 'orders' })
  const end = endOf(socket)
  for (let count = 0; count < 20; count++) {
    socket.emit('chat:post', { room: 'orders', input: { id: randomUUID(), body: `in the queue ${count}` } })
  }
  await socket.emitWithAck('chat:page', { room: 'hall-2', input: {} })
  await endSession(cleo.session.id, 'revoked')
  await end
  const written = () => container().database.prisma.message.count({ where: { body: { startsWith: 'in the queue' } } })
  const before = await written()
  expect(before).toBeLessThan(20)
  // One may have been half done. A post by another takes its turn at the database after all that was asked before.
  const { user } = (await server.signIn('dora')).session
  for (let count = 0; count < 5; count++) await postMessage(user, 'orders', { id: randomUUID(), body: 'later' })
  expect(await written()).toBeLessThanOrEqual(before + 1)
})

test('a session that expires closes its sockets by itself', async () => {
  const dora = await server.signIn('dora')
  const expiresAt = new Date(Date.now() + 1_500)
  await container().database.prisma.session.update({ where: { id: dora.session.id }, data: { expiresAt } })
  expect(await endOf(server.open(dora))).toMatchObject({ reason: 'expired', retry: false })
})

test('a session that ends between the handshake and the connection leaves no socket open', async () => {
  // Several tries, so that at least one falls into the gap; each must end closed.
  for (let round = 0; round < 10; round++) {
    const visitor = await server.signIn('ada')
    const socket = server.open(visitor)
    const gone = new Promise((resolve) => socket.once('disconnect', resolve).once('connect_error', resolve))
    await endSession(visitor.session.id, 'revoked')
    await gone
    expect(socket.connected).toBe(false)
  }
})
