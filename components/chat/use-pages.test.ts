import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageRange, pageLength } from '#channels/chat'
import { missingPage } from './use-pages'

test('nothing is asked for where all is held, in an empty room, and beyond the last message', () => {
  const held = { has: () => true, from: 1, to: 30, last: 30, quoted: [4] }
  expect(missingPage(held)).toBeUndefined()
  expect(missingPage({ has: () => false, from: 1, to: 0, last: 0, quoted: [] })).toBeUndefined()
  expect(missingPage({ ...held, has: (number) => number <= 30, to: 90 })).toBeUndefined()
})

test('what is in sight comes before what is quoted, and a quoted one alone', () => {
  const wanted = { has: (number: number) => number > 60, from: 55, to: 80, last: 80, quoted: [3] }
  expect(missingPage(wanted)).toEqual({ from: 51, to: 80 })
  expect(missingPage({ ...wanted, from: 61 })).toEqual({ from: 3, to: 3 })
})

test('page after page, all that is wanted comes to be held, by ranges the contract takes', () => {
  const number = fc.integer({ min: 1, max: 1_000 })
  fc.assert(
    fc.property(number, number, number, fc.uniqueArray(number), (from, length, last, quoted) => {
      const to = Math.min(from + length, last)
      const wanted = { from, to, last, quoted: quoted.filter((one) => one <= last) }
      const held = new Set<number>()
      const has = (one: number) => held.has(one)
      let asked = 0
      for (let page = missingPage({ ...wanted, has }); page; page = missingPage({ ...wanted, has })) {
        expect(messageRange.safeParse(page).success).toBe(true)
        expect(page.to).toBeLessThanOrEqual(last)
        for (let one = page.from; one <= page.to; one++) held.add(one)
        asked++
      }
      const inSight = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
      expect([...inSight, ...wanted.quoted].filter((one) => !has(one))).toEqual([])
      expect(asked).toBeLessThanOrEqual(Math.ceil(length / pageLength.state) + 2 + wanted.quoted.length)
    }),
  )
})
