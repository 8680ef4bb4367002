import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestContainer, testPassword } from '#server/auth/test-container'
import { describeEnd, endSession, findLiveSession, type LiveSession, startSession } from './session'
import { readSessions } from './session-list'
import { answerRequest, claimSignIn, requestSignIn, withdrawRequest } from './sign-in-request'
import { readHolder, readWait } from './sign-in-wait'
import { createUser, disableUser, setPolicy } from './user'

let running: Awaited<ReturnType<typeof openTestContainer>>
let admin: LiveSession['user']
let old: LiveSession
let names = 0

const laptop = { device: 'Firefox on Linux', address: '192.0.2.1' }
const phone = { device: 'Safari on iOS', address: '203.0.113.9' }
const waits = (request: string) => ({ is: 'waiting', request })
const admitted = { is: 'admitted', session: expect.anything() }

beforeAll(async () => {
  running = await openTestContainer()
  admin = await createUser({ name: 'ada', role: 'admin', password: testPassword })
})
afterAll(() => running.close())
beforeEach(async () => {
  names += 1
  const user = await createUser({ name: `ben-${names}`, role: 'member', password: testPassword })
  await setPolicy(admin, user.id, 'ask')
  old = await startSession({ user, ...laptop })
})

async function ask(): Promise<string> {
  const asked = await requestSignIn({ user: old.user, ...phone })
  if (asked.is !== 'waiting') throw new Error(`It is ${asked.is}.`)
  return asked.request
}
const alive = () => running.prisma.session.count({ where: { userId: old.user.id, endedAt: null } })
/** As if so many milliseconds had gone by since it was asked. */
const passed = (id: string, milliseconds: number) =>
  running.prisma.signInRequest.update({ where: { id }, data: { until: new Date(Date.now() + 20_000 - milliseconds) } })

describe('oldest wins', () => {
  beforeEach(() => setPolicy(admin, old.user.id, 'oldest'))

  test('the new one is refused, and told where the old one is', async () => {
    expect(await requestSignIn({ user: old.user, ...phone })).toEqual({ is: 'held', by: old.id })
    const place = { ...laptop, lastSeenAt: expect.any(Number) }
    expect(await readHolder(old.id)).toEqual({ is: 'held', left: 0, place })
    expect(await alive()).toBe(1)
    await expect(startSession({ user: old.user, ...phone })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('the browser that holds the old one itself takes its place', async () => {
    expect(await requestSignIn({ user: old.user, ...laptop, replaces: old.id })).toEqual(admitted)
    expect(await describeEnd(old.id)).toMatchObject({ reason: 'signed-out' })
  })

  test.each([
    ['ended', { endedAt: new Date() }],
    ['expired', { expiresAt: new Date(Date.now() - 1) }],
  ])('a session that has %s stands in nobody’s way', async (_, data) => {
    await running.prisma.session.update({ where: { id: old.id }, data })
    expect(await requestSignIn({ user: old.user, ...phone })).toEqual(admitted)
    expect(await readHolder(old.id)).toBeNull()
  })
})

describe('whoever asks is not let in', () => {
  test('while the old session has not answered', async () => {
    const id = await ask()
    expect(await claimSignIn(id, phone)).toEqual(waits(id))
    const wait = await readWait(id)
    expect(wait).toMatchObject({ is: 'waiting', place: laptop })
    expect(wait?.left).toBeGreaterThan(15_000)
    expect(wait?.left).toBeLessThanOrEqual(20_000)
    expect(await alive()).toBe(1)
  })

  test('when it keeps its place, however often they come again', async () => {
    const id = await ask()
    await answerRequest(old.user, id, 'kept')
    for (let tries = 0; tries < 2; tries++) expect(await claimSignIn(id, phone)).toEqual({ is: 'kept' })
    expect(await readWait(id)).toMatchObject({ is: 'kept', place: laptop })
    await passed(id, 21_000)
    expect(await claimSignIn(id, phone)).toEqual({ is: 'kept' })
    expect(await findLiveSession(old.id)).not.toBeNull()
  })

  test('a second time, long after, or by what was never asked', async () => {
    const [first, late] = [await ask(), await ask()]
    await answerRequest(old.user, first, 'yielded')
    expect(await claimSignIn(first, phone)).toEqual(admitted)
    await passed(late, 20_000 + 61_000)
    for (const id of [first, late, randomUUID()]) expect(await claimSignIn(id, phone)).toEqual({ is: 'over' })
    expect(await readWait(late)).toBeNull()
  })

  test('when they have been disabled meanwhile', async () => {
    const id = await ask()
    await disableUser(admin, old.user.id)
    expect(await claimSignIn(id, phone)).toEqual({ is: 'over' })
    await expect(requestSignIn({ user: old.user, ...phone })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('when they gave it up, and the question goes from the screens', async () => {
    const id = await ask()
    expect((await readSessions(old.user.id)).asks).toMatchObject([{ id, ...phone }])
    await withdrawRequest(id)
    await withdrawRequest(id)
    expect((await readSessions(old.user.id)).asks).toEqual([])
    expect(await claimSignIn(id, phone)).toEqual({ is: 'over' })
  })
})

describe('nobody answers', () => {
  test('for somebody else', async () => {
    const id = await ask()
    for (const answer of ['kept', 'yielded'] as const) {
      await expect(answerRequest(admin, id, answer)).rejects.toMatchObject({ code: 'not-found' })
    }
    expect(await claimSignIn(id, phone)).toEqual(waits(id))
  })

  test('twice, or late', async () => {
    const [kept, late] = [await ask(), await ask()]
    await answerRequest(old.user, kept, 'kept')
    await expect(answerRequest(old.user, kept, 'yielded')).rejects.toMatchObject({ code: 'conflict' })
    await passed(late, 20_001)
    await expect(answerRequest(old.user, late, 'kept')).rejects.toMatchObject({ code: 'conflict' })
    expect(await claimSignIn(late, phone)).toEqual(admitted)
  })
})

describe('whoever asks is let in', () => {
  test('when the old session gives way, which ends with the place of the new one', async () => {
    const id = await ask()
    await answerRequest(old.user, id, 'yielded')
    expect(await findLiveSession(old.id)).not.toBeNull()
    expect(await readWait(id)).toMatchObject({ is: 'open' })
    expect(await claimSignIn(id, phone)).toEqual(admitted)
    expect(await describeEnd(old.id)).toMatchObject({ reason: 'signed-in-elsewhere', by: phone })
  })

  test('when nobody has answered within 20 seconds', async () => {
    const id = await ask()
    await passed(id, 20_000)
    expect(await claimSignIn(id, phone)).toEqual(admitted)
    expect(await alive()).toBe(1)
  })

  test('at once when the old session has gone meanwhile, or the policy', async () => {
    const id = await ask()
    await endSession(old.id, 'signed_out')
    expect(await readWait(id)).toMatchObject({ is: 'open', place: null })
    expect(await claimSignIn(id, phone)).toEqual(admitted)
    const again = await ask()
    await setPolicy(admin, old.user.id, 'many')
    expect(await claimSignIn(again, phone)).toEqual(admitted)
    expect(await alive()).toBe(2)
  })
})

test('of several who wait one comes in, and the others ask that one anew', async () => {
  const [first, second, third] = [await ask(), await ask(), await ask()]
  await answerRequest(old.user, third, 'kept')
  await answerRequest(old.user, second, 'yielded')
  await passed(first, 20_000)
  const came = await claimSignIn(first, phone)
  expect(came).toEqual(admitted)
  expect(await claimSignIn(second, laptop)).toEqual(waits(second))
  expect(await readWait(second)).toMatchObject({ is: 'waiting', place: phone })
  expect((await readWait(second))?.left).toBeGreaterThan(15_000)
  expect(await claimSignIn(third, laptop)).toEqual({ is: 'kept' })
  expect((await readSessions(old.user.id)).asks.map(({ id }) => id)).toEqual([second])
  await answerRequest(old.user, second, 'yielded')
  expect(await claimSignIn(second, laptop)).toEqual(admitted)
  expect(await alive()).toBe(1)
})
