import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestContainer, testPassword } from '#server/auth/test-container'
import { cookiesFor } from '#server/auth/test-cookies'
import { createHttpServer } from '#server/http/server'
import { describeEnd, endSession, findLiveSession, type LiveSession, startSession, touchSession } from './session'
import { createUser, setPolicy } from './user'
import { resetPassword } from './user-password'

let running: Awaited<ReturnType<typeof openTestContainer>>
let user: { id: string; name: string }
let admin: LiveSession['user']
let names = 0

const laptop = { device: 'Firefox on Linux', address: '192.0.2.1' }
const phone = { device: 'Safari on iOS', address: '203.0.113.9' }

beforeAll(async () => {
  running = await openTestContainer()
  admin = await createUser({ name: 'ada', role: 'admin', password: testPassword })
})
afterAll(() => running.close())
beforeEach(async () => {
  names += 1
  user = await createUser({ name: `person-${names}`, role: 'member', password: testPassword })
})

const alive = () => running.prisma.session.count({ where: { userId: user.id, endedAt: null } })

describe('no session is alive', () => {
  test('that never was', async () => {
    expect(await findLiveSession(randomUUID())).toBeNull()
    expect(await describeEnd(randomUUID())).toBeNull()
  })

  test('once it has been ended, and ending it again does not change why', async () => {
    const { id } = await startSession({ user, ...laptop })
    await endSession(id, 'signed_out')
    const ended = await describeEnd(id)
    await endSession(id, 'revoked')
    expect(await findLiveSession(id)).toBeNull()
    expect(ended).toEqual({ reason: 'signed-out', retry: false, at: expect.any(Number) })
    expect(await describeEnd(id)).toEqual(ended)
  })

  test('once it has expired', async () => {
    const { id } = await startSession({ user, ...laptop })
    const expiresAt = new Date(Date.now() - 1)
    await running.prisma.session.update({ where: { id }, data: { expiresAt } })
    expect(await findLiveSession(id)).toBeNull()
    expect(await describeEnd(id)).toEqual({ reason: 'expired', retry: false, at: expiresAt.getTime() })
  })

  test('of a disabled person, who cannot start another either', async () => {
    const { id } = await startSession({ user, ...laptop })
    await running.prisma.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
    expect(await findLiveSession(id)).toBeNull()
    expect(await describeEnd(id)).toMatchObject({ reason: 'revoked' })
    await expect(startSession({ user, ...phone })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('after the password was changed, nor starts with the old one', async () => {
    const { id } = await startSession({ user, ...laptop })
    const { passwordHash } = await running.prisma.user.findUniqueOrThrow({ where: { id: user.id } })
    await resetPassword(admin, user.id, 'another good password')
    expect(await describeEnd(id)).toMatchObject({ reason: 'revoked' })
    const late = startSession({ user: { id: user.id, passwordHash }, ...phone })
    await expect(late).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await alive()).toBe(0)
  })
})

test('a started session is alive and says whose it is', async () => {
  const session = await startSession({ user, ...laptop })
  expect(session.user).toEqual({ id: user.id, name: user.name, role: 'member' })
  expect(await findLiveSession(session.id)).toEqual(session)
  expect(await describeEnd(session.id)).toBeNull()
})

test('signing in elsewhere ends the earlier session, which knows from where', async () => {
  const first = await startSession({ user, ...laptop })
  const second = await startSession({ user, ...phone })
  expect(await findLiveSession(first.id)).toBeNull()
  expect(await findLiveSession(second.id)).not.toBeNull()
  const ended = { reason: 'signed-in-elsewhere', retry: false, at: expect.any(Number), by: phone }
  expect(await describeEnd(first.id)).toEqual(ended)
})

test('and closes its sockets, which are told the same', async () => {
  const http = createHttpServer({ env: running.env, engine: running.sockets.engine, pages: undefined })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const { id } = await startSession({ user, ...laptop })
  const { cookie, csrfToken } = await cookiesFor(id)
  const socket = io(origin, { transports: ['websocket'], extraHeaders: { cookie, origin }, auth: { csrfToken } })
  await new Promise<void>((resolve, reject) => void socket.on('connect', resolve).on('connect_error', reject))
  const told = new Promise((resolve) => socket.on('ended', resolve))
  const closed = new Promise((resolve) => socket.on('disconnect', resolve))

  await startSession({ user, ...phone })
  expect(await told).toEqual(await describeEnd(id))
  expect(await closed).toBe('io server disconnect')
  http.close()
})

test('nobody else’s session ends', async () => {
  const other = await createUser({ name: `other-${names}`, role: 'member', password: testPassword })
  const theirs = await startSession({ user: other, ...laptop })
  await startSession({ user, ...phone })
  expect(await findLiveSession(theirs.id)).not.toBeNull()
})

test('under the policy many both stay alive', async () => {
  await running.prisma.setting.create({ data: { key: 'sessionPolicy', value: 'many' } })
  await startSession({ user, ...laptop })
  await startSession({ user, ...phone })
  await running.prisma.setting.delete({ where: { key: 'sessionPolicy' } })
  expect(await alive()).toBe(2)
})

test('a policy of the person’s own goes before that of the installation', async () => {
  await setPolicy(admin, user.id, 'many')
  await startSession({ user, ...laptop })
  await startSession({ user, ...phone })
  expect(await alive()).toBe(2)
  await setPolicy(admin, user.id, null)
  await startSession({ user, ...laptop })
  expect(await alive()).toBe(1)
})

test('use is noted at most once a minute', async () => {
  const { id } = await startSession({ user, ...laptop })
  const seen = async (lastSeenAt: Date) => {
    await running.prisma.session.update({ where: { id }, data: { lastSeenAt } })
    await touchSession(id)
    return (await running.prisma.session.findUniqueOrThrow({ where: { id } })).lastSeenAt
  }
  const [recent, old] = [new Date(Date.now() - 30_000), new Date(Date.now() - 90_000)]
  expect(await seen(recent)).toEqual(recent)
  expect((await seen(old)).getTime()).toBeGreaterThan(recent.getTime())
})
