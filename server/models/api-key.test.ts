import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestContainer } from '#server/auth/test-container'
import {
  createApiKey,
  findLiveApiKey,
  findLiveApiKeyById,
  listApiKeys,
  revokeApiKey,
  touchApiKey,
} from '#server/models/api-key'

let opened: Awaited<ReturnType<typeof openTestContainer>>
let admin: Parameters<typeof createApiKey>[0]
const written = { name: 'scanner in hall 2', scopes: ['device'], expiresAt: null }

beforeAll(async () => {
  opened = await openTestContainer()
  const data = { name: 'ada', role: 'admin', passwordHash: 'none' } as const
  admin = await opened.prisma.user.create({ data, select: { id: true, name: true, role: true } })
})
afterAll(() => opened.close())
beforeEach(async () => {
  await opened.prisma.apiKey.deleteMany()
})

describe('refused', () => {
  test('to a member, everything', async () => {
    const { apiKey } = await createApiKey(admin, written)
    const member = { ...admin, role: 'member' as const }
    for (const tried of [createApiKey(member, written), listApiKeys(member), revokeApiKey(member, apiKey.id)]) {
      await expect(tried).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await findLiveApiKeyById(apiKey.id)).not.toBeNull()
    expect(await listApiKeys(admin)).toHaveLength(1)
  })

  test.each([
    ['no name', { name: ' ' }, 'name'],
    ['no scope', { scopes: [] }, 'scopes'],
    ['a scope that is none', { scopes: ['Any Thing'] }, 'scopes.0'],
    ['17 scopes', { scopes: Array.from({ length: 17 }, (_, index) => `scope-${index}`) }, 'scopes'],
    ['an expiry that has passed', { expiresAt: Date.now() - 1 }, 'expiresAt'],
    ['an expiry that is no date', { expiresAt: 9e15 }, 'expiresAt'],
  ])('%s, naming the field', async (_, wrong, path) => {
    await expect(createApiKey(admin, { ...written, ...wrong })).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ path }] },
    })
    expect(await listApiKeys(admin)).toEqual([])
  })

  test('revoking a key there is not', async () => {
    await expect(revokeApiKey(admin, '01890a5d-ac96-774b-bcce-b302099a8057')).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(revokeApiKey(admin, 'mine')).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('does not count', () => {
  test.each(['', 'sbk_', `sbk_${'a'.repeat(43)}`, 'a'.repeat(100_000)])(
    'a key that was never made, %#',
    async (key) => {
      expect(await findLiveApiKey(key)).toBeNull()
    },
  )

  test('its hash, its prefix or its id in place of the key', async () => {
    const { key, apiKey } = await createApiKey(admin, written)
    const { hash } = await opened.prisma.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } })
    for (const other of [hash, apiKey.prefix, apiKey.id, key.toUpperCase(), `${key} `]) {
      expect(await findLiveApiKey(other)).toBeNull()
    }
  })

  test('one that has expired', async () => {
    const { key, apiKey } = await createApiKey(admin, { ...written, expiresAt: Date.now() + 60_000 })
    expect(await findLiveApiKey(key)).not.toBeNull()
    await opened.prisma.apiKey.update({ where: { id: apiKey.id }, data: { expiresAt: new Date() } })
    expect(await findLiveApiKey(key)).toBeNull()
    expect(await findLiveApiKeyById(apiKey.id)).toBeNull()
  })

  test('one that was revoked, and revoking it again changes nothing', async () => {
    const { key, apiKey } = await createApiKey(admin, written)
    await revokeApiKey(admin, apiKey.id)
    expect(await findLiveApiKey(key)).toBeNull()
    const [revoked] = await listApiKeys(admin)
    await revokeApiKey(admin, apiKey.id)
    expect(await listApiKeys(admin)).toEqual([revoked])
  })
})

test('a key is shown once: what is stored and listed does not hold it', async () => {
  const { key, apiKey } = await createApiKey(admin, { ...written, scopes: ['device', 'orders', 'device'] })
  expect(key).toMatch(/^sbk_[\w-]{43}$/)
  expect(apiKey).toMatchObject({ name: 'scanner in hall 2', scopes: ['device', 'orders'], createdBy: 'ada' })
  expect(key.startsWith(apiKey.prefix)).toBe(true)
  expect(await listApiKeys(admin)).toEqual([apiKey])
  expect(JSON.stringify([apiKey, await opened.prisma.apiKey.findMany()])).not.toContain(key.slice(12))
  const { id, name, scopes } = apiKey
  expect(await findLiveApiKey(key)).toEqual({ id, name, scopes, expiresAt: null })
})

test('its use is noted at most once a minute', async () => {
  const { apiKey } = await createApiKey(admin, written)
  const used = async () => (await listApiKeys(admin))[0]?.lastUsedAt
  await touchApiKey(apiKey.id)
  const first = await used()
  expect(first).toBeGreaterThan(Date.now() - 60_000)
  const halfAMinuteAgo = new Date(Date.now() - 30_000)
  await opened.prisma.apiKey.update({ where: { id: apiKey.id }, data: { lastUsedAt: halfAMinuteAgo } })
  await touchApiKey(apiKey.id)
  expect(await used()).toBe(halfAMinuteAgo.getTime())
  await opened.prisma.apiKey.update({ where: { id: apiKey.id }, data: { lastUsedAt: new Date(Date.now() - 61_000) } })
  await touchApiKey(apiKey.id)
  expect(await used()).toBeGreaterThan(halfAMinuteAgo.getTime())
})
