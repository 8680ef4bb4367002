import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { parse } from 'cookie'
import { getServerSession } from 'next-auth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endSession, startSession } from '#server/models/session'
import { createUser } from '#server/models/user'
import { authOptions } from './options'
import { readSessionId } from './session-cookie'
import { openTestContainer, testPassword } from './test-container'
import { cookiesFor } from './test-cookies'

let running: Awaited<ReturnType<typeof openTestContainer>>
let user: { id: string }

beforeAll(async () => {
  running = await openTestContainer()
  user = await createUser({ name: 'ben', role: 'member', password: testPassword })
})
afterAll(() => running.close())

const baseUrl = 'http://127.0.0.1:3000'

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 'http://', '\u0000'])(
  'after signing in nobody is sent to %j',
  async (url) => {
    expect(await authOptions().callbacks?.redirect?.({ url, baseUrl })).toMatch(/^http:\/\/127\.0\.0\.1:3000(\/|$)/)
  },
)

test('but back to a page of ours', async () => {
  const redirect = authOptions().callbacks?.redirect
  expect(await redirect?.({ url: '/chat?q=1', baseUrl })).toBe(`${baseUrl}/chat?q=1`)
  expect(await redirect?.({ url: `${baseUrl}/chat`, baseUrl })).toBe(`${baseUrl}/chat`)
})

test('a cookie of an ended session gives no session', async () => {
  const { id } = await startSession({ user, device: 'Firefox on Linux', address: '192.0.2.1' })
  const { cookie } = await cookiesFor(id)
  const given = () => {
    const request = Object.assign(new IncomingMessage(new Socket()), { cookies: definedIn(parse(cookie)) })
    return getServerSession(request, new ServerResponse(request), authOptions())
  }
  expect(await given()).toEqual({ user: { name: 'ben', role: 'member' }, expires: expect.any(String) })
  await endSession(id, 'revoked')
  expect(await given()).toBeNull()
})

test('asking for the session when half of it is over renews it, and its cookie by the same answer', async () => {
  const { id } = await startSession({ user, device: 'Firefox on Linux', address: '192.0.2.1' })
  const life = running.env.sessionDays * 86_400_000
  await running.prisma.session.update({ where: { id }, data: { expiresAt: new Date(Date.now() + life / 3) } })
  const { cookie } = await cookiesFor(id)
  const request = Object.assign(new IncomingMessage(new Socket()), { cookies: definedIn(parse(cookie)) })
  const response = new ServerResponse(request)
  await getServerSession(request, response, authOptions())
  const { expiresAt } = await running.prisma.session.findUniqueOrThrow({ where: { id } })
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + life - 60_000)
  const set = String(response.getHeader('set-cookie'))
  const lasts = Date.parse(/Expires=([^;]+)/.exec(set)?.[1] ?? '')
  expect(lasts).toBeGreaterThan(Date.now() + life - 60_000)
  const renewed = /next-auth\.session-token=([^;]+)/.exec(set)?.[1]
  expect(await readSessionId({ 'next-auth.session-token': renewed })).toBe(id)
})

function definedIn(cookies: ReturnType<typeof parse>): Record<string, string> {
  return Object.fromEntries(Object.entries(cookies).map(([name, value]) => [name, value ?? '']))
}
