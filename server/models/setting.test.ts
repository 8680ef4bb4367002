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
  await expect(changeSetting(member, 'oneDevice', false)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await running.prisma.setting.count()).toBe(0)
})

test.each(['unknown', '__proto__', 'toString', ''])('there is no setting %j', async (key) => {
  await expect(changeSetting(admin, key, true)).rejects.toMatchObject({ code: 'not-found' })
})

test.each([undefined, null, 'false', 0])('%j is no value', async (value) => {
  await expect(changeSetting(admin, 'oneDevice', value)).rejects.toMatchObject({ code: 'invalid' })
})

test('the one-device policy is on until an admin switches it off, and can be switched on again', async () => {
  expect(await readSetting('oneDevice')).toBe(true)
  await changeSetting(admin, 'oneDevice', false)
  expect(await readSetting('oneDevice')).toBe(false)
  await changeSetting(admin, 'oneDevice', true)
  expect(await readSetting('oneDevice')).toBe(true)
})
