import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ended } from '#channels/wire'
import { container } from '#server/container'
import { endSession, findLiveSession, renewSession } from '#server/models/session'
import { endOf, startTestServer, type TestServer, type Visitor } from '#server/test-server'

let server: TestServer
let visitor: Visitor

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  visitor = await server.signIn('ben')
})

/** Sets by hand when the session expires, in milliseconds from now. */
async function expireIn(wait: number): Promise<number> {
  const expiresAt = new Date(Date.now() + wait)
  await container().database.prisma.session.update({ where: { id: visitor.session.id }, data: { expiresAt } })
  return expiresAt.getTime()
}

const renew = () => renewSession(visitor.session.id)
const alive = (socket: Socket) => socket.emitWithAck('alive', {})
const row = () => container().database.prisma.session.findUniqueOrThrow({ where: { id: visitor.session.id } })

/** When each of them was closed, in milliseconds since 1970, and why. */
function endsOf(...sockets: Socket[]): Promise<{ said: Ended | undefined; at: number }[]> {
  return Promise.all(sockets.map(async (socket) => ({ said: await endOf(socket), at: Date.now() })))
}

describe('closed as expired', () => {
  test('on time, every socket of the session, when nobody renews it', async () => {
    const expiresAt = await expireIn(2_000)
    for (const { said, at } of await endsOf(await server.connect(visitor), await server.connect(visitor))) {
      expect(said).toEqual({ reason: 'expired', retry: false, at: expiresAt })
      expect(at).toBeGreaterThanOrEqual(expiresAt)
      expect(at).toBeLessThan(expiresAt + 1_000)
    }
  })

  test('each at its own time, whichever was opened first', async () => {
    const later = await expireIn(2_000)
    const one = await server.connect(visitor)
    visitor = await server.signIn('cleo')
    const sooner = await expireIn(1_000)
    const [first, second] = await endsOf(await server.connect(visitor), one)
    expect(first).toMatchObject({ said: { reason: 'expired', at: sooner } })
    expect(second).toMatchObject({ said: { reason: 'expired', at: later } })
    expect(first?.at).toBeLessThan(later)
    expect(second?.at).toBeGreaterThanOrEqual(later)
  })
})

describe('not renewed', () => {
  test('an expired session', async () => {
    const expiresAt = await expireIn(-1)
    await renew()
    expect((await row()).expiresAt.getTime()).toBe(expiresAt)
    expect(await findLiveSession(visitor.session.id)).toBeNull()
  })

  test('an ended session', async () => {
    const expiresAt = await expireIn(60_000)
    await endSession(visitor.session.id, 'revoked')
    await renew()
    expect(await row()).toMatchObject({ endReason: 'revoked', expiresAt: new Date(expiresAt) })
  })

  test('a session of whose life more than half is left', async () => {
    const life = container().env.sessionDays * 86_400_000
    const expiresAt = await expireIn(life / 2 + 60_000)
    await renew()
    expect((await row()).expiresAt.getTime()).toBe(expiresAt)
    expect(await alive(await server.connect(visitor))).toEqual({ ok: true, behind: {}, now: expect.any(Number) })
  })
})

test('renewed, a session keeps all its sockets past its old end, and none is asked to renew it again', async () => {
  await expireIn(1_500)
  const sockets = [await server.connect(visitor), await server.connect(visitor)]
  for (const socket of sockets) expect(await alive(socket)).toMatchObject({ ok: true, renew: true })
  await Promise.all([renew(), renew(), renew()])
  for (const socket of sockets) expect(await alive(socket)).toEqual({ ok: true, behind: {}, now: expect.any(Number) })
  // Another session that ends after the old end of this one: by then its timer has run.
  const renewed = visitor
  visitor = await server.signIn('dora')
  await expireIn(1_600)
  await endsOf(await server.connect(visitor))
  for (const socket of sockets) expect(await alive(socket)).toMatchObject({ ok: true })
  const left = (await findLiveSession(renewed.session.id))?.expiresAt ?? 0
  expect(left).toBeGreaterThan(Date.now() + (container().env.sessionDays - 1) * 86_400_000)
})

test('a renewal that this node has not heard of counts all the same', async () => {
  await expireIn(1_000)
  const socket = await server.connect(visitor)
  const renewed = await expireIn(2_500)
  const [end] = await endsOf(socket)
  expect(end).toMatchObject({ said: { reason: 'expired', at: renewed } })
  expect(end?.at).toBeGreaterThanOrEqual(renewed)
})
