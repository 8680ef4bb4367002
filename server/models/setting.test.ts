import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import { changeSetting, readSetting } from './setting'

let running: Awaited<ReturnType<typeof openTestContainer>>

const admin = { id: randomUUID(), name: 'ada', role: 'admin' } as const
const member = { id: randomUUID(), name: 'ben', role: 'member' } as const

beforeAll(async () => {
  running = await openTestContainer()
})
afterAll(() => running.close())

test('a member changes nothing', async () => {
  await expect(changeSetting(member, 'sessionPolicy', 'many')).rejects.toMatchObject({ code: 'forbidden' })
  expect(await running.prisma.setting.count()).toBe(0)
})

test.each(['unknown', '__proto__', 'toString', ''])('there is no setting %j', async (key) => {
  await expect(changeSetting(admin, key, true)).rejects.toMatchObject({ code: 'not-found' })
})

test.each([undefined, null, 'all', 0, true])('%j is no value', async (value) => {
  await expect(changeSetting(admin, 'sessionPolicy', value)).rejects.toMatchObject({ code: 'invalid' })
})

test('the newest session wins until an admin says otherwise, and can do so again', async () => {
  expect(await readSetting('sessionPolicy')).toBe('newest')
  await changeSetting(admin, 'sessionPolicy', 'ask')
  expect(await readSetting('sessionPolicy')).toBe('ask')
  await changeSetting(admin, 'sessionPolicy', 'newest')
  expect(await readSetting('sessionPolicy')).toBe('newest')
})
