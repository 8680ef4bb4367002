import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSessionId } from './session-cookie'
import { openTestContainer } from './test-container'
import { makeWaitingCookie, readWaitingCookie } from './waiting-cookie'

let running: Awaited<ReturnType<typeof openTestContainer>>
beforeAll(async () => {
  running = await openTestContainer()
})
afterAll(() => running.close())

const id = randomUUID()

test('no session’s token stands for a waiting, and no waiting for a session', async () => {
  const secret = process.env.NEXTAUTH_SECRET ?? ''
  expect(await readWaitingCookie(await encode({ token: { sid: id }, secret }))).toBeNull()
  const cookie = await makeWaitingCookie({ is: 'waiting', id })
  expect(await readSessionId({ 'next-auth.session-token': cookie })).toBeNull()
})

test.each([undefined, '', 'garbage', 'x'.repeat(10_000)])('%j is none', async (cookie) => {
  expect(await readWaitingCookie(cookie)).toBeNull()
})

test('what was made is read, unless it has been changed', async () => {
  const cookie = await makeWaitingCookie({ is: 'held', id })
  expect(await readWaitingCookie(cookie)).toEqual({ is: 'held', id })
  expect(await readWaitingCookie(`${cookie.slice(0, -2)}AA`)).toBeNull()
})
