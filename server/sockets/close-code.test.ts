import { expect, test } from 'vitest'
import { isSendable, shortReason } from './close-code'

test.each([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 1.5, Number.NaN])('%d may not be sent', (code) => {
  expect(isSendable(code)).toBe(false)
})

test.each([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1013, 1014, 3000, 4001, 4999])('%d may', (code) => {
  expect(isSendable(code)).toBe(true)
})

test('a reason is cut to 123 bytes, between characters', () => {
  expect(shortReason('bye')).toBe('bye')
  expect(shortReason('x'.repeat(124))).toBe('x'.repeat(123))
  expect(shortReason('😀'.repeat(40))).toBe('😀'.repeat(30))
})
