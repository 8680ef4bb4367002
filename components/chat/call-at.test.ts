import { expect, test } from 'vitest'
import { callAt } from './call-at'

test.each([
  ['no call', 7],
  ['ben@example', 11],
  ['@ben is written', 15],
  ['@ben ', 5],
  ['@ben', 0],
])('nobody is called at the end of %j before %i', (text, caret) => {
  expect(callAt(text, caret)).toBeUndefined()
})

test.each([
  ['@', 1, { start: 0, name: '' }],
  ['Ask @be', 7, { start: 4, name: 'be' }],
  ['(@Zoë', 5, { start: 1, name: 'Zoë' }],
  ['@bendix', 4, { start: 0, name: 'ben' }],
  ['@one @two', 9, { start: 5, name: 'two' }],
])('in %j at %i somebody is', (text, caret, call) => {
  expect(callAt(text, caret)).toEqual(call)
})
