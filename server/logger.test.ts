import { expect, test } from 'vitest'
import { shownError } from './logger'

class PrismaClientValidationError extends Error {}

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
