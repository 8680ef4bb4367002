import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PresenceEntry } from '#channels/presence'
import { hereInWords, peopleIn } from './people'

const userOf = (name: string) => ({ id: `the id of ${name}`, name })
const me = userOf('me')
let tabs = 0
const entryOf = (name: string, idle = false, part: string | null = null): PresenceEntry => ({
  user: userOf(name),
  tab: `${++tabs}`,
  idle,
  part,
  since: 0,
})

test('one who has only just come is there for themselves already', () => {
  expect(peopleIn([], me)).toEqual([{ user: me, tabs: 1, idle: false, parts: [] }])
})

test('the tabs of a person are one person, idle when all are', () => {
  const entries = [
    entryOf('ben', true),
    entryOf('ada', true, 'due'),
    entryOf('ben', false, 'due'),
    entryOf('ada', true),
  ]
  expect(peopleIn([...entries, entryOf('ben', false, 'due'), entryOf('ben', false, 'at'), entryOf('me')], me)).toEqual([
    { user: userOf('ada'), tabs: 2, idle: true, parts: ['due'] },
    { user: userOf('ben'), tabs: 4, idle: false, parts: ['at', 'due'] },
    { user: me, tabs: 1, idle: false, parts: [] },
  ])
})

test('the order of tabs changes nothing', () => {
  const names = fc.constantFrom('ada', 'ben', 'cleo', 'me')
  const entries = fc.array(fc.tuple(names, fc.boolean(), fc.constantFrom(null, 'due', 'at')))
  const both = entries.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  fc.assert(
    fc.property(both, ([one, other]) => {
      const people = (all: typeof one) =>
        peopleIn(
          all.map((entry) => entryOf(...entry)),
          me,
        )
      expect(people(other)).toEqual(people(one))
    }),
  )
})

test.each<[string[], number, string]>([
  [['ada'], 0, 'ada is here'],
  [['ada', 'ben'], 0, 'ada and ben are here'],
  [['ada', 'ben', 'cleo'], 0, 'ada, ben and cleo are here'],
  [['ada'], 1, 'ada and 1 other are here'],
  [['ada', 'ben'], 3, 'ada, ben and 3 others are here'],
])('%j and %d more', (names, more, words) => {
  expect(hereInWords(names, more)).toBe(words)
})
