import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { container } from '#server/container'
import { startTestServer, type TestServer, type Visitor } from '#server/test-server'
import { postMessage, readMessages } from './message'

let server: TestServer
let ben: Visitor['session']['user']
let cleo: Visitor['session']['user']

beforeAll(async () => {
  server = await startTestServer()
  ben = (await server.signIn('ben')).session.user
  cleo = (await server.signIn('cleo')).session.user
})
afterAll(() => server.stop())

const pushes = (room: string) => container().database.prisma.logEntry.count({ where: { room: `chat/${room}` } })

test('refuses a room there is not', async () => {
  await expect(postMessage(ben, 'attic', { id: randomUUID(), body: 'hello' })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(readMessages('attic')).rejects.toMatchObject({ code: 'not-found' })
})

test('refuses an id that is taken by another message', async () => {
  const { id } = await postMessage(ben, 'general', { id: randomUUID(), body: 'mine' })
  await expect(postMessage(cleo, 'general', { id, body: 'mine' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(postMessage(ben, 'orders', { id, body: 'mine' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(postMessage(ben, 'general', { id, body: 'other' })).rejects.toMatchObject({ code: 'conflict' })
})

test('sending again stores and publishes nothing more', async () => {
  const message = { id: randomUUID(), body: 'once' }
  const first = await postMessage(ben, 'general', message)
  const published = await pushes('general')
  const again = await Promise.all([1, 2, 3].map(() => postMessage(ben, 'general', message)))
  expect(again).toEqual([first, first, first])
  expect(await pushes('general')).toBe(published)
})

test('pages go back to the beginning, each message once, though many share a moment', async () => {
  const at = new Date()
  const ids = Array.from({ length: 130 }, () => randomUUID())
  await container().database.prisma.message.createMany({
    data: ids.map((id, index) => ({ id, roomKey: 'orders', number: 1_000 + index, authorId: ben.id, body: id, at })),
  })
  const total = await container().database.prisma.message.count({ where: { roomKey: 'orders' } })
  const seen: string[] = []
  let page = await readMessages('orders')
  for (;;) {
    seen.unshift(...page.messages.map(({ id }) => id))
    if (!page.more) break
    page = await readMessages('orders', page.messages[0])
  }
  expect(seen).toHaveLength(total)
  expect(new Set(seen).size).toBe(total)
})
