import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { seedDemonstrationPeople } from './seed'

let running: Awaited<ReturnType<typeof openTestContainer>>

beforeAll(async () => {
  running = await openTestContainer()
})
afterAll(() => running.close())

test('the demonstration has one admin and three members, however often it is seeded', async () => {
  const people = () => running.prisma.user.findMany({ orderBy: { name: 'asc' } })
  await seedDemonstrationPeople()
  const first = await people()
  await running.prisma.user.delete({ where: { name: 'dora' } })
  await seedDemonstrationPeople()
  await seedDemonstrationPeople()
  const second = await people()
  expect(second.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'ada admin',
    'ben member',
    'cleo member',
    'dora member',
  ])
  expect(second.slice(0, 3)).toEqual(first.slice(0, 3))
})
