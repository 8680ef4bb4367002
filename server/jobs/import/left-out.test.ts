import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeftOut } from './left-out'

test('it holds what was put in and nothing else, also when it is read from its bytes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(40_000), { maxLength: 60 }),
      fc.array(fc.nat(50_000), { maxLength: 60 }),
      (put, asked) => {
        const left = new LeftOut()
        for (const nth of put) left.add(nth)
        const again = new LeftOut(left.bytes)
        expect([left.count, again.count]).toEqual([new Set(put).size, new Set(put).size])
        for (const nth of [...put, ...asked])
          expect([left.has(nth), again.has(nth)]).toEqual([put.includes(nth), put.includes(nth)])
      },
    ),
    { numRuns: 50 },
  )
})
