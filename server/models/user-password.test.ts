import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyPassword } from '#server/auth/password'
import { openTestContainer, testPassword } from '#server/auth/test-container'
import { describeEnd, findLiveSession, type LiveSession, startSession } from './session'
import { requestSignIn } from './sign-in-request'
import { readWait } from './sign-in-wait'
import { createUser, findByName, setPolicy } from './user'
import { changePassword, resetPassword } from './user-password'

let running: Awaited<ReturnType<typeof openTestContainer>>
let admin: LiveSession['user']
let here: LiveSession
let there: LiveSession
let names = 0

const place = { device: 'Firefox on Linux', address: '192.0.2.1' }
const next = 'another good password'

beforeAll(async () => {
  running = await openTestContainer()
  admin = await createUser({ name: 'ada', role: 'admin', password: testPassword })
})
afterAll(() => running.close())
beforeEach(async () => {
  names += 1
  const user = await createUser({ name: `ben-${names}`, role: 'member', password: testPassword })
  await setPolicy(admin, user.id, 'many')
  there = await startSession({ user, ...place })
  here = await startSession({ user, ...place })
})

const opens = async (password: string) => verifyPassword((await findByName(here.user.name))?.passwordHash, password)

describe('one’s own password stays', () => {
  test('with a wrong current one, ten times, and then for a while whatever is given', async () => {
    const issues = [{ path: 'current', message: 'This is not your password.' }]
    for (let tries = 0; tries < 10; tries++) {
      const wrong = changePassword(here, { current: 'not this one', next })
      await expect(wrong).rejects.toMatchObject({ code: 'invalid', details: { issues } })
    }
    const right = changePassword(here, { current: testPassword, next })
    await expect(right).rejects.toMatchObject({ code: 'rate-limited', details: { retryAfter: expect.any(Number) } })
    expect(await opens(testPassword)).toBe(true)
    expect(await findLiveSession(there.id)).not.toBeNull()
  })

  test.each(['', 'too short', 'x'.repeat(257), 'switchboard'])('with %j as the next one', async (password) => {
    const changed = changePassword(here, { current: testPassword, next: password })
    await expect(changed).rejects.toMatchObject({ code: 'invalid', details: { issues: [{ path: 'next' }] } })
    expect(await opens(testPassword)).toBe(true)
  })

  test('when two change it at the same instant, but for one of them', async () => {
    const changes = [here, there].map((session, index) =>
      changePassword(session, { current: testPassword, next: `${next} ${index}` }),
    )
    const outcomes = await Promise.allSettled(changes)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await running.prisma.session.count({ where: { userId: here.user.id, endedAt: null } })).toBe(1)
  })
})

describe('nobody’s password is reset', () => {
  test('by a member, of oneself, of nobody, or to what is none', async () => {
    await expect(resetPassword(here.user, admin.id, next)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(resetPassword(admin, admin.id, next)).rejects.toMatchObject({ code: 'conflict' })
    await expect(resetPassword(admin, randomUUID(), next)).rejects.toMatchObject({ code: 'not-found' })
    await expect(resetPassword(admin, here.user.id, 'short')).rejects.toMatchObject({ code: 'invalid' })
    expect(await opens(testPassword)).toBe(true)
  })
})

test('changing one’s own ends the other sessions, and keeps this one', async () => {
  await changePassword(here, { current: testPassword, next })
  expect(await opens(next)).toBe(true)
  expect(await opens(testPassword)).toBe(false)
  expect(await findLiveSession(here.id)).not.toBeNull()
  expect(await describeEnd(there.id)).toMatchObject({ reason: 'revoked' })
})

test('resetting it ends all of them, and turns away who waits on the strength of the old one', async () => {
  await setPolicy(admin, here.user.id, 'ask')
  const asked = await requestSignIn({ user: here.user, ...place })
  if (asked.is !== 'waiting') throw new Error(`It is ${asked.is}.`)
  await resetPassword(admin, here.user.id, next)
  expect(await opens(next)).toBe(true)
  for (const { id } of [here, there]) expect(await describeEnd(id)).toMatchObject({ reason: 'revoked' })
  expect(await readWait(asked.request)).toBeNull()
})
