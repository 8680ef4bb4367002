import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sessions } from '#channels/session'
import { openTestContainer, testPassword } from '#server/auth/test-container'
import { container } from '#server/container'
import { findLiveSession, type LiveSession, startSession } from '#server/models/session'
import { createUser } from '#server/models/user'
import { SessionTabs } from './session-tabs'

let running: Awaited<ReturnType<typeof openTestContainer>>
let tabs: SessionTabs
let session: LiveSession
let names = 0

beforeAll(async () => {
  running = await openTestContainer()
  const { latest, registry } = container()
  tabs = new SessionTabs(latest, registry, { mostShown: 2, writeEvery: 60_000 })
})
afterAll(async () => {
  await tabs.close()
  await running.close()
})
beforeEach(async () => {
  names += 1
  const user = await createUser({ name: `ben-${names}`, role: 'member', password: testPassword })
  session = await startSession({ user, device: 'Firefox on Linux', address: '192.0.2.1' })
})

function open(changes: { sessionId?: string; userId?: string } = {}): string {
  const id = randomUUID()
  const whose = { sessionId: session.id, userId: session.user.id, ...changes }
  container().registry.open({ id, path: '/socket.io', address: '192.0.2.1', ...whose })
  return id
}
const close = (id: string) => container().registry.close(id, 'client')
const shown = () => container().latest.read(sessions, session.user.id) ?? []
const roundTrip = (id: string) => shown().find(({ key }) => key === id)?.data

test('what belongs to nobody’s session is not shown', () => {
  const { registry } = container()
  registry.open({ id: randomUUID(), path: '/ws/device', address: '192.0.2.1' })
  registry.open({ id: randomUUID(), path: '/ws/device', address: '192.0.2.1', userId: session.user.id })
  expect(shown()).toEqual([])
})

test('no more than so many of one person are shown, and one that was not shown goes without a word', () => {
  const ids = [open(), open(), open()]
  expect(shown().map(({ key }) => key)).toEqual(ids.slice(0, 2))
  for (const id of ids.toReversed()) close(id)
  expect(shown()).toEqual([])
})

test('a round trip is shown once it is measured, and again when it is another', () => {
  const { registry } = container()
  const id = open()
  for (const [measured, expected] of [
    [40, 40],
    [44, 40],
    [60, 60],
    [200, 200],
    [230, 200],
  ] as const) {
    registry.setRoundTrip(id, measured)
    expect(roundTrip(id)).toMatchObject({ roundTrip: expected })
  }
  close(id)
})

test('shown again, they are as before', () => {
  const id = open()
  const before = roundTrip(id)
  tabs.putAgain()
  expect(roundTrip(id)).toEqual(before)
  close(id)
})

test('when its last tab closes, a session was seen just then, if it is still alive', async () => {
  const long = new Date(Date.now() - 3_600_000)
  await running.prisma.session.update({ where: { id: session.id }, data: { lastSeenAt: long } })
  const seen = async () => (await running.prisma.session.findUniqueOrThrow({ where: { id: session.id } })).lastSeenAt
  const [one, two] = [open(), open()]
  close(one)
  await tabs.close()
  expect(await seen()).toEqual(long)
  close(two)
  await tabs.close()
  expect((await seen()).getTime()).toBeGreaterThan(long.getTime())
  expect(await findLiveSession(session.id)).not.toBeNull()
})
