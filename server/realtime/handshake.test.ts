import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HandshakeRefused } from '#channels/wire'
import { cookiesFor } from '#server/auth/test-cookies'
import { container } from '#server/container'
import { endSession } from '#server/models/session'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'

let server: TestServer
let ben: Visitor

beforeAll(async () => {
  server = await startTestServer()
  ben = await server.signIn('ben')
})
afterAll(() => server.stop())

function refusal(visitor: Partial<Visitor>, headers?: Record<string, string>): Promise<HandshakeRefused> {
  return new Promise((resolve, reject) => {
    const socket = server.open(visitor, headers)
    socket.once('connect', () => reject(new Error('It was let in.')))
    socket.once('connect_error', (error: Error & { data?: HandshakeRefused }) =>
      error.data ? resolve(error.data) : reject(error),
    )
  })
}

describe('refused', () => {
  test('without a cookie', async () => {
    expect(await refusal({ csrfToken: ben.csrfToken })).toMatchObject({ code: 'unauthenticated' })
  })

  test('with a cookie signed by someone else', async () => {
    const token = await encode({
      token: { sid: ben.session.id },
      secret: 'another secret, just as long as the real one',
    })
    const cookie = ben.cookie.replace(/next-auth\.session-token=[^;]+/, `next-auth.session-token=${token}`)
    expect(await refusal({ ...ben, cookie })).toMatchObject({ code: 'unauthenticated' })
  })

  test.each([
    ['of garbage', 'garbage'],
    ['that is empty', ''],
    ['that cannot be decoded', '%E0%A4%A'],
    ['without a value', 'next-auth.session-token='],
    ['of endless length', `next-auth.session-token=${'a'.repeat(8_000)}`],
  ])('with a cookie %s', async (_, cookie) => {
    expect(await refusal({ ...ben, cookie })).toMatchObject({ code: 'unauthenticated' })
  })

  test('with a good cookie for a session there is not', async () => {
    const cookies = await cookiesFor('0190b6f0-0000-7000-8000-000000000000')
    expect(await refusal(cookies)).toMatchObject({ code: 'unauthenticated' })
  })

  test('with an ended session, and told why', async () => {
    const dora = await server.signIn('dora')
    await endSession(dora.session.id, 'signed_out')
    expect(await refusal(dora)).toMatchObject({
      code: 'unauthenticated',
      ended: { reason: 'signed-out', retry: false },
    })
  })

  test('with an expired session, and told so', async () => {
    const dora = await server.signIn('dora')
    await container().database.prisma.session.update({
      where: { id: dora.session.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    expect(await refusal(dora)).toMatchObject({ code: 'unauthenticated', ended: { reason: 'expired' } })
  })

  test.each(['https://elsewhere.example', 'http://127.0.0.1:1', 'null', 'not an origin', ''])(
    'from the origin %j',
    async (origin) => {
      expect(await refusal(ben, { origin })).toMatchObject({ code: 'forbidden' })
    },
  )

  test('without a CSRF token', async () => {
    expect(await refusal({ cookie: ben.cookie })).toMatchObject({ code: 'forbidden' })
  })

  test("with another session's CSRF token", async () => {
    const { csrfToken } = await server.signIn('cleo')
    expect(await refusal({ cookie: ben.cookie, csrfToken })).toMatchObject({ code: 'forbidden' })
  })

  test('with a CSRF token whose cookie was not made by us', async () => {
    const csrfToken = 'f'.repeat(64)
    const cookie = ben.cookie.replace(
      /next-auth\.csrf-token=[^;]+/,
      `next-auth.csrf-token=${csrfToken}%7C${'0'.repeat(64)}`,
    )
    expect(await refusal({ cookie, csrfToken })).toMatchObject({ code: 'forbidden' })
  })
})

test('a foreign page is not told who was signed in here, nor from where', async () => {
  const dora = await server.signIn('dora')
  await server.signIn('dora', 'Chrome on Windows')
  expect(await refusal(dora)).toHaveProperty('ended.by')
  expect(await refusal(dora, { origin: 'https://elsewhere.example' })).toEqual({
    code: 'forbidden',
    message: expect.any(String),
  })
})

test('a line that asks for a second socket is closed', async () => {
  const socket = await server.connect(ben)
  const closed = new Promise((resolve) => socket.once('disconnect', resolve))
  socket.io.engine.write('40')
  await closed
})

test('HTTP polling is not spoken', async () => {
  const response = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { cookie: ben.cookie } })
  expect(response.status).toBe(400)
})

test('let in with a live session, our Origin and its token', async () => {
  const socket = await server.connect(ben)
  expect(socket.connected).toBe(true)
})
