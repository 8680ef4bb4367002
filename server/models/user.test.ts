import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestContainer, testPassword } from '#server/auth/test-container'
import { describeEnd, findLiveSession, type LiveSession, startSession } from './session'
import {
  addUser,
  changeRole,
  createUser,
  disableUser,
  enableUser,
  findByName,
  knowsDevice,
  rememberDevice,
  renameUser,
  setPolicy,
} from './user'
import { findUser, listUsers } from './user-list'

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
  await expect(created).rejects.toMatchObject({ code: 'invalid', details: { issues: [{ path: 'name' }] } })
  expect(await findByName(name)).toBeNull()
})

test.each(['', 'too short', 'x'.repeat(257), 'switchboard'])('%j is no password', async (password) => {
  const created = createUser({ name: 'cleo', role: 'member', password })
  await expect(created).rejects.toMatchObject({ code: 'invalid' })
  expect(await findByName('cleo')).toBeNull()
})

test('a name is taken once, however it is written', async () => {
  const created = createUser({ name: ' ADA ', role: 'member', password: testPassword })
  await expect(created).rejects.toMatchObject({ code: 'conflict' })
  expect((await findByName(' Ada '))?.id).toBe(admin.id)
})

test('only an admin enables or gives a policy, to somebody there is and one there is', async () => {
  await expect(enableUser(member, member.id)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(setPolicy(member, member.id, 'many')).rejects.toMatchObject({ code: 'forbidden' })
  for (const act of [enableUser, disableUser, (by: typeof admin, id: string) => setPolicy(by, id, 'many')]) {
    await expect(act(admin, randomUUID())).rejects.toMatchObject({ code: 'not-found' })
  }
  // As a form may send it.
  const none = JSON.parse('"any"')
  await expect(setPolicy(admin, member.id, none)).rejects.toMatchObject({ code: 'invalid' })
})

test('only an admin disables, and nobody disables themselves', async () => {
  await expect(disableUser(member, admin.id)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(disableUser(admin, admin.id)).rejects.toMatchObject({ code: 'conflict' })
  expect((await findByName('ada'))?.disabledAt).toBeNull()
})

describe('a role is not changed', () => {
  test('by a member, by oneself, of nobody, or to what is none', async () => {
    await expect(changeRole(member, admin.id, 'member')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(changeRole(admin, admin.id, 'member')).rejects.toMatchObject({ code: 'conflict' })
    await expect(changeRole(admin, randomUUID(), 'member')).rejects.toMatchObject({ code: 'not-found' })
    // As a form may send it.
    const none = JSON.parse('"owner"')
    await expect(changeRole(admin, member.id, none)).rejects.toMatchObject({ code: 'invalid' })
  })

  test('by one who was an admin when they signed in, and is none any more', async () => {
    const former = await createUser({ name: 'eve', role: 'admin', password: testPassword })
    await changeRole(admin, former.id, 'member')
    await expect(changeRole(former, member.id, 'admin')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(disableUser(former, member.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(renameUser(former, member.id, 'benedict')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a name is not changed', () => {
  test('to one that is none, is taken or is another’s to change', async () => {
    await expect(renameUser(member, member.id, 'B')).rejects.toMatchObject({ code: 'invalid' })
    await expect(renameUser(member, member.id, 'ADA')).rejects.toMatchObject({ code: 'conflict' })
    await expect(renameUser(member, admin.id, 'benedict')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(renameUser(admin, randomUUID(), 'nobody')).rejects.toMatchObject({ code: 'not-found' })
    expect(await findByName('ben')).toMatchObject({ id: member.id })
  })
})

test('role and name are changed by an admin, the name by oneself too, and hold for the sessions there are', async () => {
  const fay = await createUser({ name: 'fay', role: 'member', password: testPassword })
  const { id } = await startSession({ user: fay, ...place })
  await changeRole(admin, fay.id, 'admin')
  await renameUser(fay, fay.id, ' Faye ')
  expect(await findLiveSession(id)).toMatchObject({ user: { id: fay.id, name: 'faye', role: 'admin' } })
  await renameUser(admin, fay.id, 'fay')
  await changeRole(admin, fay.id, 'member')
  expect(await findLiveSession(id)).toMatchObject({ user: { name: 'fay', role: 'member' } })
})

test('disabling ends the person’s sessions, and enabling lets them start another', async () => {
  const dora = await createUser({ name: 'dora', role: 'member', password: testPassword })
  const { id } = await startSession({ user: dora, ...place })
  await disableUser(admin, dora.id)
  await disableUser(admin, dora.id)
  expect(await describeEnd(id)).toMatchObject({ reason: 'revoked', at: expect.any(Number) })
  await expect(startSession({ user: dora, ...place })).rejects.toMatchObject({ code: 'forbidden' })
  await enableUser(admin, dora.id)
  expect(await findLiveSession(id)).toBeNull()
  const { id: next } = await startSession({ user: dora, ...place })
  expect(await findLiveSession(next)).not.toBeNull()
})

describe('the list of people', () => {
  test('is not for members, nor may they add anybody', async () => {
    await expect(listUsers(member)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(findUser(member, member.id)).rejects.toMatchObject({ code: 'forbidden' })
    const added = addUser(member, { name: 'mallory', role: 'admin', password: testPassword })
    await expect(added).rejects.toMatchObject({ code: 'forbidden' })
    expect(await findByName('mallory')).toBeNull()
  })

  test('says who there is, and how many sessions of each are alive', async () => {
    const gus = await createUser({ name: 'gus', role: 'member', password: testPassword })
    const row = async () => (await listUsers(admin)).find(({ id }) => id === gus.id)
    expect(await row()).toEqual({
      id: gus.id,
      name: 'gus',
      role: 'member',
      disabledAt: null,
      policy: null,
      sessions: 0,
    })
    await startSession({ user: gus, ...place })
    await setPolicy(admin, gus.id, 'oldest')
    expect(await findUser(admin, gus.id)).toMatchObject({ policy: 'oldest', sessions: 1 })
    await disableUser(admin, gus.id)
    expect(await row()).toMatchObject({ disabledAt: expect.any(Number), sessions: 0 })
    expect(await findUser(admin, randomUUID())).toBeNull()
  })
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
