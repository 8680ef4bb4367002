import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '#server/auth/sign-in'
import { container } from '#server/container'
import { startTestServer, type TestServer } from '#server/test-server'
import { readInbox } from './notification-inbox'
import { createUser } from './user'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'
const password = 'a long password'
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const enter = (username: string, changes: { deviceCookie?: string; address?: string } = {}) =>
  signIn(
    { username, password },
    { userAgent: firefox, address: '10.0.0.7', deviceCookie: undefined, sessionId: null, ...changes },
  )

test('nobody is told of their first device, nor of one they have used before', async () => {
  await createUser({ name: 'frida', role: 'member', password })
  const { session, deviceCookie } = await enter('frida')
  await enter('frida', { deviceCookie })
  expect(await readInbox(session.user)).toMatchObject({ unread: 0, entries: [] })
})

test('of a new one they are, with where it is, and the push says nothing of it', async () => {
  await createUser({ name: 'gus', role: 'member', password })
  await enter('gus')
  const { session } = await enter('gus')
  const { unread, entries } = await readInbox(session.user)
  expect(unread).toBe(1)
  expect(entries).toMatchObject([
    { kind: 'sign-in', title: 'Signed in on Firefox on Linux, 10.0.0.7', href: '/settings/sessions' },
  ])
  const logged = await container().database.prisma.logEntry.findMany({
    where: { room: `notification/${session.user.id}` },
  })
  expect(logged.map(({ data }) => data)).toEqual([{ notification: entries[0]?.id }])
})

test('two new ones at the same instant are two things to be told of', async () => {
  await createUser({ name: 'hans', role: 'member', password })
  await enter('hans')
  const [one] = await Promise.all([enter('hans'), enter('hans')])
  expect((await readInbox(one.session.user)).unread).toBe(2)
})
