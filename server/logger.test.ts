import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { container } from '#server/container'
import { shownError } from './logger'
import { sizes } from './test-sizes'

class PrismaClientValidationError extends Error {}

/** What is logged for what this throws. */
async function shown(failing: () => unknown) {
  try {
    await failing()
  } catch (error) {
    return shownError(error)
  }
  throw new Error('It did not fail.')
}

test('an error is logged with its cause, and without what hangs on it', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Failing row contains (my secret)' })
  const error = Object.assign(new Error('not stored', { cause }), { headers: { cookie: 'my secret' } })
  const shown = shownError(error)
  expect(shown).toMatchObject({
    type: 'Error',
    message: 'not stored',
    cause: { message: 'duplicate key', code: '23505' },
  })
  expect(shown.stack).toMatch(/^\s+at .*logger\.test\.ts/)
  expect(JSON.stringify(shown)).not.toContain('my secret')
})

test('a call that Prisma quotes is not logged', () => {
  const message = 'Invalid `create()` invocation:\n{ body: "my secret" }\n\nArgument `author` is missing.'
  const shown = shownError(new PrismaClientValidationError(message))
  expect(shown.message).toBe('Argument `author` is missing.')
  expect(JSON.stringify(shown)).not.toContain('my secret')
})

test('what was thrown and is no Error is not shown', () => {
  expect(shownError({ password: 'my secret' })).toEqual({ type: 'object', message: 'not an Error (not shown)' })
})

test.each([
  ['text that is no JSON', () => JSON.parse('my secret'), 'it is not valid JSON'],
  ['more of it', () => JSON.parse('{"a": my\n"secret"}'), 'it is not valid JSON'],
  ['keys nobody asked for', () => z.strictObject({}).parse({ 'my secret': 1 }), 'unrecognized_keys at ""'],
  [
    'keys further down',
    () => z.object({ body: z.record(z.string(), z.string()) }).parse({ body: { 'my secret': 1 } }),
    'invalid_type at "body"',
  ],
])('a parser does not quote %s', async (_, parse, message) => {
  const logged = await shown(parse)
  expect(logged.message).toContain(message)
  expect(JSON.stringify(logged)).not.toMatch(/my|secret/)
})

describe.each(sizes)('the database ($size) does not quote', ({ open }) => {
  let running: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    running = await open()
  })
  afterAll(async () => {
    await running.close()
    await rm(running.env.dataDir, { recursive: true, force: true })
  })

  const prisma = () => container().database.prisma
  test.each([
    ['a value of another type', () => prisma().$queryRaw`SELECT ${'my secret'}::uuid`, '22P02'],
    ['a value of several lines', () => prisma().$queryRaw`SELECT ${'my\nsecret'}::int`, '22P02'],
    ['JSON that is none', () => prisma().$queryRaw`SELECT ${'{"my secret'}::jsonb`, '22P02'],
    ['a key that is taken', insertTwice, '23505'],
    ['an id that is none', () => prisma().user.findUnique({ where: { id: 'my\nsecret' } }), 'does not fit'],
    ['text it cannot store', () => prisma().setting.create({ data: { key: 'my secret\0', value: 1 } }), '22021'],
  ])('%s', async (_, query, message) => {
    const logged = await shown(query)
    expect(logged.message).toContain(message)
    expect(JSON.stringify(logged)).not.toMatch(/my|secret/)
  })

  async function insertTwice() {
    await prisma().$executeRaw`INSERT INTO setting (key, value) VALUES ('my secret', '1'), ('my secret', '1')`
  }
})
