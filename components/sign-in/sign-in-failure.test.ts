import { expect, test } from 'vitest'
import { failureText, readFailure } from './sign-in-failure'

test.each(['', 'Configuration', 'CredentialsSignin', 'wrong-ish', 'constructor'])(
  'what is not one of our codes is shown as a failure to try again: %j',
  (error) => {
    expect(readFailure(error)).toEqual({ code: 'failed' })
  },
)

test.each([
  ['rate-limited', 60],
  ['rate-limited:soon', 60],
  ['rate-limited:-5', 1],
  ['rate-limited:0.2', 1],
  ['rate-limited:40', 40],
])('%s waits %i seconds', (error, seconds) => {
  expect(readFailure(error)).toEqual({ code: 'rate-limited', seconds })
})

test('says what happened and what to do', () => {
  expect(failureText(readFailure('wrong'))).toBe('The name or the password is not right.')
  expect(failureText(readFailure('disabled'))).toContain('administrator')
  expect(failureText({ code: 'rate-limited', seconds: 1 })).toBe('Too many tries. Wait 1 second.')
  expect(failureText({ code: 'rate-limited', seconds: 40 })).toBe('Too many tries. Wait 40 seconds.')
})
