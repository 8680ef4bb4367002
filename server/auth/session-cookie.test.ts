import { randomUUID } from 'node:crypto'
import { parse } from 'cookie'
import { encode } from 'next-auth/jwt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { csrfTokenMatches } from './csrf'
import { readSessionId } from './session-cookie'
import { cookiesFor } from './test-cookies'

const secret = 'a secret for tests, of at least 32 characters'
const name = 'next-auth.session-token'
const csrfName = 'next-auth.csrf-token'

beforeEach(() => {
  process.env.NEXTAUTH_SECRET = secret
})
afterEach(() => {
  delete process.env.NEXTAUTH_URL
})

test.each(['', 'garbage', 'a.b.c.d.e', 'eyJhbGciOiJub25lIn0..', '\u0000', 'x'.repeat(100_000)])(
  'a cookie of %j names no session',
  async (value) => {
    expect(await readSessionId({ [name]: value })).toBeNull()
  },
)

test('neither does none, a forged one, an expired one, or one without a session id', async () => {
  const sid = randomUUID()
  const forged = await encode({ token: { sid }, secret: 'another secret, just as long as the first' })
  const expired = await encode({ token: { sid }, secret, maxAge: -60 })
  const without = await encode({ token: { sub: sid, sid: 'not one' }, secret })
  expect(await readSessionId({})).toBeNull()
  for (const value of [forged, expired, without]) expect(await readSessionId({ [name]: value })).toBeNull()
})

test('where the site has https, the name without the prefix does not count', async () => {
  const sid = randomUUID()
  const token = await encode({ token: { sid }, secret })
  process.env.NEXTAUTH_URL = 'https://switchboard.example'
  expect(await readSessionId({ [name]: token })).toBeNull()
  expect(await readSessionId({ [`__Secure-${name}`]: token })).toBe(sid)
})

test('what next-auth would have set is read', async () => {
  const sid = randomUUID()
  const { cookie, csrfToken } = await cookiesFor(sid)
  expect(await readSessionId(parse(cookie))).toBe(sid)
  expect(csrfTokenMatches(parse(cookie), csrfToken)).toBe(true)
})

test('a CSRF token that is missing, of another kind or another one does not match', async () => {
  const { cookie, csrfToken } = await cookiesFor(randomUUID())
  for (const token of [undefined, null, '', 7, [csrfToken], { csrfToken }, `${csrfToken}0`, 'f'.repeat(64)]) {
    expect(csrfTokenMatches(parse(cookie), token)).toBe(false)
  }
  expect(csrfTokenMatches({}, csrfToken)).toBe(false)
})

test('nor does one whose cookie was made without the secret', () => {
  for (const value of ['abc', 'abc|', '|abc', `abc|${'0'.repeat(64)}`]) {
    expect(csrfTokenMatches({ [csrfName]: value }, 'abc')).toBe(false)
  }
})

test('the cookie of a site with https is read by its own name', async () => {
  const { cookie, csrfToken } = await cookiesFor(randomUUID())
  const value = parse(cookie)[csrfName]
  expect(csrfTokenMatches({ [`__Host-${csrfName}`]: value }, csrfToken)).toBe(true)
})
