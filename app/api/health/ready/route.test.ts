import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { GET } from './route'

let running: Awaited<ReturnType<typeof openTestContainer>>

beforeAll(async () => {
  running = await openTestContainer()
})
afterAll(() => running.close())

test('ready while the database answers, and no more from the moment the process begins to close', async () => {
  const ready = await GET()
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
  const closing = running.sockets.drain.begin()
  const refused = await GET()
  expect([refused.status, await refused.json()]).toEqual([503, { status: 'closing' }])
  await closing
})
