import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayToField, fieldToMoment, momentToField } from './moment-field'

let before: string | undefined
beforeEach(() => {
  before = process.env.TZ
})
afterEach(() => {
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
})

test.each([
  ['Pacific/Auckland', '2026-12-25'],
  ['America/Los_Angeles', '2026-12-24'],
  ['UTC', '2026-12-24'],
])('two weeks later in %s is %s, by the calendar there', (zone, day) => {
  process.env.TZ = zone
  expect(dayToField(Date.UTC(2026, 11, 10, 20), 14)).toBe(day)
})

test('the night in which the clock is set back makes no day of it', () => {
  process.env.TZ = 'Europe/Berlin'
  expect(dayToField(new Date(2026, 9, 24, 23, 30).getTime(), 1)).toBe('2026-10-25')
  expect(dayToField(new Date(2026, 9, 24, 23, 30).getTime(), 2)).toBe('2026-10-26')
})

test('a moment in its field is the same moment again, and none is none', () => {
  process.env.TZ = 'Australia/Adelaide'
  const at = Date.UTC(2026, 10, 22, 3, 4, 5)
  expect(fieldToMoment(momentToField(at))).toBe(at)
  expect(momentToField(null)).toBe('')
  expect(fieldToMoment('')).toBeNull()
})
