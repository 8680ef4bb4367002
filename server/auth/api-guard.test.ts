import { expect, test } from 'vitest'
import { Refusal } from '#server/refusal'
import { answerError } from './api-guard'

test('what came too often is told when to come again, in whole seconds', async () => {
  const answer = answerError(new Refusal('rate-limited', 'That was too often.', { retryAfter: 1_200 }))
  expect(answer.status).toBe(429)
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(await answer.json()).toEqual({ code: 'rate-limited', message: 'That was too often.', retryAfter: 1_200 })
})

test('nothing else is told to come again', () => {
  expect(answerError(new Refusal('forbidden', 'No.')).headers.has('retry-after')).toBe(false)
})
