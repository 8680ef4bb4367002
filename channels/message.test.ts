import fc from 'fast-check'
import { expect, test } from 'vitest'
import { genericMessage, messages } from './message'
import { maxMessageBytes } from './wire'

const blank = { text1: null, text2: null, text3: null, progress: null, busy: null, value: null, datetime: null }
const fields = genericMessage.partial()
const cycle: { again?: unknown } = {}
cycle.again = [cycle, cycle]

test.each<[string, object]>([
  ['a field nobody named', { text4: 'more' }],
  ['a text that is no text', { text1: 7 }],
  ['a text of 1,001 characters', { text2: 'x'.repeat(1_001) }],
  ['a NUL, which no database would take', { text3: 'a\0b' }],
  ['half a character', { text1: 'a\ud800b' }],
  ['progress below nothing', { progress: -1 }],
  ['progress beyond the end', { progress: 100.1 }],
  ['busy in words', { busy: 'yes' }],
  ['a value that is no number', { value: Number.NaN }],
  ['a value without end', { value: Number.POSITIVE_INFINITY }],
  ['a date as text', { datetime: '2026-11-21' }],
  ['a date before 1970', { datetime: -1 }],
  ['a date that no calendar holds', { datetime: 9e15 }],
  ['a body over 32 KiB', { body: 'x'.repeat(32 * 1024 - 1) }],
  ['a body over 32 KiB in few characters', { body: '€'.repeat(11_000) }],
  ['a body that contains itself', { body: cycle }],
  ['a body with what JSON has no word for', { body: { size: 1n } }],
  ['a body that JSON would say otherwise', { body: [new Date()] }],
  ['a body with a hole', { body: { hole: undefined } }],
  ['a body without bottom', { body: JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)) }],
  ['a NUL deep in the body', { body: { list: [{ text: 'a\0b' }] } }],
  ['half a character in a name in the body', { body: [{ 'a\udc00': 1 }] }],
])('refuses %s', (_, message) => {
  expect(fields.safeParse(message).success).toBe(false)
})

test('says of a body that is too long no more than that', () => {
  const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000))
  expect(fields.safeParse({ body: deep }).error?.issues).toMatchObject([{ message: 'At most 32,768 bytes as JSON.' }])
})

test.each(['', 'Capital', '-a', 'a/b', 'a b', 'a:b', 'x'.repeat(65)])('refuses the id "%s"', (id) => {
  expect(messages.room.safeParse(id).success).toBe(false)
})

test('an id is a uuid or a short word', () => {
  for (const id of [crypto.randomUUID(), 'import-7', 'x', 'x'.repeat(64)]) expect(messages.room.parse(id)).toBe(id)
})

test('any value JSON has comes through as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: fc.constantFrom('a', '€', '😀', '\\', '"') }), (body) => {
      const sent = { ...blank, body: JSON.parse(JSON.stringify(body)) }
      expect(genericMessage.parse(sent)).toEqual(sent)
    }),
  )
})

test('the longest message there can be stays below the size of a message on the wire', () => {
  // Every character of these takes six bytes as JSON.
  const text = '\x01'.repeat(1_000)
  const body = 'x'.repeat(32 * 1024 - 2)
  const longest = { text1: text, text2: text, text3: text, progress: 99.12345678901234, busy: false }
  const message = genericMessage.parse({ ...longest, value: -1.2345678901234567, datetime: 8.64e15, body })
  const frame = { room: 'x'.repeat(64), pushes: [{ push: 'sent', seq: 2 ** 31, at: Date.now(), data: message }] }
  expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThan(maxMessageBytes)
})
