import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { seedDemonstrationPeople } from '#prisma/seed'
import { describeEnd, findLiveSession } from '#server/models/session'
import { answerRequest } from '#server/models/sign-in-request'
import { createUser } from '#server/models/user'
import { continueSignIn, SignInFailure, signIn } from './sign-in'
import { attemptsPerAccount, attemptsPerAddress, attemptsPerDevice } from './sign-in-limit'
import { openTestContainer, testPassword } from './test-container'

let running: Awaited<ReturnType<typeof openTestContainer>>
const ben = { username: 'ben', password: testPassword }
const wrong = { username: 'ben', password: 'not this one' }

beforeAll(async () => {
  running = await openTestContainer({ demo: false })
  await createUser({ name: 'ben', role: 'member', password: testPassword })
})
afterAll(() => running.close())
beforeEach(async () => {
  await running.prisma.rateLimiterFlexible.deleteMany()
})

let hosts = 0
/** A visitor nobody has seen before, from an address of their own. */
function visitor(changes: Partial<Parameters<typeof signIn>[1]> = {}) {
  hosts += 1
  return { address: `198.51.100.${hosts}`, userAgent: undefined, deviceCookie: undefined, sessionId: null, ...changes }
}

async function failure(input: unknown, from = visitor()): Promise<string> {
  return signIn(input, from).then(
    () => 'signed in',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

async function failures(count: number, input: unknown, from?: () => Parameters<typeof signIn>[1]): Promise<string[]> {
  const messages: string[] = []
  for (let made = 0; made < count; made += 1) messages.push(await failure(input, from?.()))
  return messages
}

const limited = expect.stringMatching(/^rate-limited:\d+$/)

describe('refused', () => {
  test.each([
    ['a wrong password', wrong],
    ['an unknown name', { username: 'nobody', password: testPassword }],
    ['an impossible name', { username: '<b>ben</b>', password: testPassword }],
    ['an overlong password', { username: 'ben', password: 'x'.repeat(1_000_000) }],
    ['no password', { username: 'ben' }],
    ['a list', { username: ['ben'], password: testPassword }],
    ['nothing', undefined],
  ])('%s', async (_what, input) => {
    expect(await failure(input)).toBe('wrong')
  })

  test('a disabled person, told so only with the right password', async () => {
    const { id } = await createUser({ name: 'eve', role: 'member', password: testPassword })
    await running.prisma.user.update({ where: { id }, data: { disabledAt: new Date() } })
    expect(await failure({ username: 'eve', password: 'not this one' })).toBe('wrong')
    expect(await failure({ username: 'eve', password: testPassword })).toBe('disabled')
  })

  test('the demonstration’s people once the demonstration is off', async () => {
    await seedDemonstrationPeople()
    expect(await failure({ username: 'ada', password: 'switchboard' })).toBe('wrong')
    running.env.demo = true
    expect(await failure({ username: 'ada', password: 'switchboard' })).toBe('signed in')
    running.env.demo = false
  })
})

describe('limited', () => {
  test.each(['ben', 'nobody'])('guesses at %s, from wherever they come', async (username) => {
    const input = { username, password: 'not this one' }
    expect(await failures(attemptsPerAccount, input)).toEqual(Array(attemptsPerAccount).fill('wrong'))
    expect(await failure(input)).toEqual(limited)
    expect(await failure({ username, password: testPassword })).toEqual(limited)
  })

  test('guesses made in parallel', async () => {
    const messages = await Promise.all(Array.from({ length: 25 }, () => failure(wrong)))
    expect(messages.filter((message) => message === 'wrong')).toHaveLength(attemptsPerAccount)
  })

  test('guesses at many names from one address, and one IPv6 network counts as one', async () => {
    const spread = Array.from({ length: attemptsPerAddress + 1 }, (_, index) =>
      failure(
        { username: `name-${index}`, password: 'guess' },
        visitor({ address: `2001:db8::${index.toString(16)}` }),
      ),
    )
    expect((await Promise.all(spread)).filter((message) => message === 'wrong')).toHaveLength(attemptsPerAddress)
    expect(await failure(ben, visitor({ address: '2001:db8::ffff' }))).toEqual(limited)
    expect(await failure(ben, visitor({ address: '2001:db8:0:1::1' }))).toBe('signed in')
  })

  test('for no longer than a quarter of an hour, and it says how long', async () => {
    const message = (await failures(attemptsPerAccount + 1, wrong)).at(-1)
    const seconds = Number(message?.split(':')[1])
    expect(seconds).toBeGreaterThan(800)
    expect(seconds).toBeLessThanOrEqual(900)
    await running.prisma.rateLimiterFlexible.updateMany({ data: { expire: new Date(Date.now() - 1) } })
    expect(await failure(ben)).toBe('signed in')
  })
})

describe('someone whose account others guess at', () => {
  test('still signs in from a known device, at the guessers’ own address', async () => {
    const { deviceCookie } = await signIn(ben, visitor())
    const address = '203.0.113.1'
    await failures(attemptsPerAccount + 1, wrong, () => visitor({ address }))
    expect(await failure(ben, visitor({ address }))).toEqual(limited)
    expect(await failure(ben, visitor({ address, deviceCookie }))).toBe('signed in')
  })

  test('but a known device guesses no more often, and is unknown to other accounts', async () => {
    const { deviceCookie } = await signIn(ben, visitor())
    const from = () => visitor({ deviceCookie })
    expect(await failures(attemptsPerDevice + 1, wrong, from)).toContainEqual(limited)
    await failures(attemptsPerAccount, { username: 'ada', password: 'guess' })
    expect(await failure({ username: 'ada', password: 'guess' }, from())).toEqual(limited)
  })

  test('and a cookie made up is no known device', async () => {
    await failures(attemptsPerAccount, wrong)
    expect(await failure(ben, visitor({ deviceCookie: 'x'.repeat(43) }))).toEqual(limited)
    expect(await failure(ben, visitor({ deviceCookie: 'garbage' }))).toEqual(limited)
  })
})

describe('signed in', () => {
  test('as often as one likes: a success is taken off the count', async () => {
    const address = '203.0.113.2'
    expect(await failures(attemptsPerAccount + 2, ben, () => visitor({ address }))).not.toContainEqual(limited)
  })

  test('with a label, an address and a device cookie that is stored as a hash alone', async () => {
    const { session, deviceCookie } = await signIn(ben, visitor({ address: '203.0.113.3', userAgent: 'x' }))
    expect(await findLiveSession(session.id)).toEqual(session)
    const row = await running.prisma.session.findUniqueOrThrow({ where: { id: session.id } })
    expect(row).toMatchObject({ device: 'Unknown device', address: '203.0.113.3' })
    expect(deviceCookie).toHaveLength(43)
    expect(await running.prisma.knownDevice.count({ where: { hash: deviceCookie } })).toBe(0)
    expect((await signIn(ben, visitor({ deviceCookie }))).deviceCookie).toBe(deviceCookie)
  })

  test('in place of the session the browser held', async () => {
    const { session } = await signIn(ben, visitor())
    await signIn(ben, visitor({ sessionId: session.id }))
    expect(await describeEnd(session.id)).toMatchObject({ reason: 'signed-out' })
  })

  test('and neither the name typed nor the password is in the limiter’s table', async () => {
    await failure({ username: 'secret typed here', password: 'not this one' })
    const rows = await running.prisma.rateLimiterFlexible.findMany()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toMatch(/typed|not this/)
  })
})

describe('while the old session is in the way', () => {
  const under = (sessionPolicy: 'oldest' | 'ask') =>
    running.prisma.user.update({ where: { name: 'ben' }, data: { sessionPolicy } })
  const failed = (work: Promise<unknown>) =>
    work.then(
      () => expect.unreachable('It was let in.'),
      (error: unknown) => (error instanceof SignInFailure ? error : expect.unreachable(String(error))),
    )

  beforeEach(async () => {
    await running.prisma.session.updateMany({ data: { endedAt: new Date(), endReason: 'revoked' } })
    await running.prisma.user.update({ where: { name: 'ben' }, data: { sessionPolicy: null } })
  })

  test('strangers are told no more than ever, and nobody is asked for their sake', async () => {
    for (const policy of ['oldest', 'ask'] as const) {
      await under(policy)
      await signIn(ben, visitor())
      const { message, waiting } = await failed(signIn(wrong, visitor()))
      expect({ message, waiting }).toEqual({ message: 'wrong', waiting: undefined })
      expect(await running.prisma.signInRequest.count()).toBe(0)
      await running.prisma.session.updateMany({ data: { endedAt: new Date(), endReason: 'revoked' } })
    }
  })

  test('under oldest it stays, and so does the session of whoever held this browser before', async () => {
    const { session } = await signIn(ben, visitor())
    await under('oldest')
    await createUser({ name: 'gus', role: 'member', password: testPassword })
    const { session: before } = await signIn({ username: 'gus', password: testPassword }, visitor())
    const { message, waiting } = await failed(signIn(ben, visitor({ sessionId: before.id })))
    expect({ message, waiting }).toEqual({ message: 'held', waiting: { is: 'held', id: session.id } })
    expect(await findLiveSession(before.id)).not.toBeNull()
    expect(await failure(ben, visitor({ sessionId: session.id }))).toBe('signed in')
  })

  test('under ask whoever waits comes in with what they hold, once it gives way, and a second time never', async () => {
    const { session } = await signIn(ben, visitor())
    await under('ask')
    const { message, waiting = null } = await failed(signIn(ben, visitor()))
    expect(message).toBe('waiting')
    expect((await failed(continueSignIn(waiting, visitor()))).message).toBe('waiting')
    await answerRequest(session.user, waiting?.id ?? '', 'yielded')
    const { session: next, deviceCookie } = await continueSignIn(waiting, visitor())
    expect(await findLiveSession(next.id)).toEqual(next)
    expect(deviceCookie).toHaveLength(43)
    for (const again of [waiting, null, { is: 'held' as const, id: next.id }]) {
      expect((await failed(continueSignIn(again, visitor()))).message).toBe('over')
    }
  })

  test('asking is counted, so that nobody is asked without end', async () => {
    await signIn(ben, visitor())
    await under('ask')
    const messages = await failures(attemptsPerAccount + 1, ben)
    expect(messages).toEqual([...Array(attemptsPerAccount).fill('waiting'), limited])
  })
})
