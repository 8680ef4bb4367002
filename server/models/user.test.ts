import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestContainer, testPassword } from '#server/auth/test-container'
import { describeEnd, type LiveSession, startSession } from './session'
import { changePassword, createUser, disableUser, findByName, knowsDevice, rememberDevice } from './user'

let running: Awaited<ReturnType<typeof openTestContainer>>
let admin: LiveSession['user']
let member: LiveSession['user']

const place = { device: 'Firefox on Linux', address: '192.0.2.1' }

beforeAll(async () => {
  running = await openTestContainer()
  admin = await createUser({ name: 'ada', role: 'admin', password: testPassword })
  member = await createUser({ name: 'ben', role: 'member', password: testPassword })
})
afterAll(() => running.close())

test.each(['a', 'x'.repeat(33), 'two words', 'ünal', '<b>', '../etc', ''])('%j is no name', async (name) => {
  const created = createUser({ name, role: 'member', password: testPassword })
  await expect(created).rejects.toMatchObject({ code: 'invalid', issues: [{ path: 'name' }] })
  expect(await findByName(name)).toBeNull()
})

test.each(['', 'too short', 'x'.repeat(257), 'switchboard'])('%j is no password', async (password) => {
  const created = createUser({ name: 'cleo', role: 'member', password })
  await expect(created).rejects.toMatchObject({ code: 'invalid' })
  await expect(changePassword(member.id, password)).rejects.toMatchObject({ code: 'invalid' })
  expect(await findByName('cleo')).toBeNull()
})

test('a name is taken once, however it is written', async () => {
  const created = createUser({ name: ' ADA ', role: 'member', password: testPassword })
  await expect(created).rejects.toMatchObject({ code: 'conflict' })
  expect((await findByName(' Ada '))?.id).toBe(admin.id)
})

test('only an admin disables, and nobody disables themselves', async () => {
  await expect(disableUser(member, admin.id)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(disableUser(admin, admin.id)).rejects.toMatchObject({ code: 'conflict' })
  expect((await findByName('ada'))?.disabledAt).toBeNull()
})

test('disabling ends the person’s sessions', async () => {
  const dora = await createUser({ name: 'dora', role: 'member', password: testPassword })
  const { id } = await startSession({ user: dora, ...place })
  await disableUser(admin, dora.id)
  expect(await describeEnd(id)).toMatchObject({ reason: 'revoked', at: expect.any(Number) })
})

test('a device is known to those who signed in from it, until its cookie is too old', async () => {
  await rememberDevice(member.id, 'old', 365)
  const lastSeenAt = new Date(Date.now() - 366 * 86_400_000)
  await running.prisma.knownDevice.updateMany({ where: { hash: 'old' }, data: { lastSeenAt } })
  await rememberDevice(member.id, 'new', 365)
  await rememberDevice(member.id, 'new', 365)
  expect(await knowsDevice('ada', 'new')).toBe(false)
  expect(await knowsDevice('ben', 'old')).toBe(false)
  expect(await knowsDevice('ben', 'new')).toBe(true)
})
