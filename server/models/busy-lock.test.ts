import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { container } from '#server/container'
import { freeLock, heldFor, nextLapse, readHolder, renewLock, sweepLocks, takeLock } from './busy-lock'
import { deleteNode, insertNode } from './node'

let running: Awaited<ReturnType<typeof openTestContainer>>
let ada: { id: string; name: string }

beforeAll(async () => {
  running = await openTestContainer()
  ada = await running.prisma.user.create({ data: { name: 'ada', passwordHash: '' }, select: { id: true, name: true } })
})
afterAll(() => running.close())
beforeEach(async () => {
  await running.prisma.busyLock.deleteMany()
  await insertNode(container().node.id)
})

const taken = async (key: string, userId: string | null = ada.id): Promise<string> => {
  const answer = await takeLock(running.prisma, key, userId)
  if ('holder' in answer) throw new Error(`${key} is held.`)
  return answer.token
}
/** As when its holder was killed a while ago. */
const expire = (key: string) => running.prisma.busyLock.update({ where: { key }, data: { until: new Date(0) } })

test('who comes second is told who came first', async () => {
  await taken('plan/1')
  const second = await takeLock(running.prisma, 'plan/1', null)
  expect(second).toEqual({ holder: { by: ada, since: expect.any(Number), token: expect.any(String) } })
  expect(await readHolder(running.prisma, 'plan/2')).toBeNull()
})

test('of many at once one gets it', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => takeLock(running.prisma, 'plan/1', null)))
  expect(answers.filter((answer) => 'token' in answer)).toHaveLength(1)
  expect(await readHolder(running.prisma, 'plan/1')).toMatchObject({ by: null })
})

test('a lock that was taken over is neither renewed nor freed by the one before', async () => {
  const first = await taken('plan/1')
  expect(await renewLock('plan/1', first)).toBe(true)
  await expire('plan/1')
  expect(await renewLock('plan/1', first)).toBe(false)
  const second = await taken('plan/1')
  expect(await renewLock('plan/1', first)).toBe(false)
  expect(await freeLock(running.prisma, 'plan/1', first)).toBe(false)
  expect(await freeLock(running.prisma, 'plan/1', second)).toBe(true)
  expect(await readHolder(running.prisma, 'plan/1')).toBeNull()
})

test('what its holder has left is swept once, and nothing else', async () => {
  const token = await taken('plan/1')
  for (const key of ['plan/2', 'planning/3']) await taken(key)
  await expire('plan/1')
  await expire('planning/3')
  const swept = await Promise.all([sweepLocks(running.prisma, 'plan'), sweepLocks(running.prisma, 'plan')])
  expect(swept.flat()).toEqual([{ key: 'plan/1', token }])
  expect(await readHolder(running.prisma, 'plan/2')).toMatchObject({ by: ada })
})

test('what a node held that is there no more is swept before it runs out', async () => {
  await taken('plan/1')
  expect(await sweepLocks(running.prisma, 'plan')).toEqual([])
  await deleteNode(container().node.id)
  expect(await sweepLocks(running.prisma, 'plan')).toHaveLength(1)
})

test('when the next one runs out is known', async () => {
  expect(await nextLapse(running.prisma, 'plan')).toBeNull()
  await taken('plan/1')
  await taken('other/2')
  await expire('other/2')
  const wait = await nextLapse(running.prisma, 'plan')
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(heldFor)
  await expire('plan/1')
  expect(await nextLapse(running.prisma, 'plan')).toBeLessThan(0)
})
