import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlannedLine } from '#channels/plan'
import { isOutdated } from './plan-lines'

const lines: fc.Arbitrary<PlannedLine[]> = fc.uniqueArray(
  fc.record({ id: fc.uuid(), siteId: fc.constantFrom('a', 'b'), quantity: fc.integer({ min: 1, max: 9 }) }),
  { selector: ({ id }) => id, minLength: 1 },
)

test('in another order they are the same lines', () => {
  fc.assert(fc.property(lines, (all) => !isOutdated(all, all.toReversed())))
})

test('any change of a line, one more and one fewer make the plan outdated', () => {
  fc.assert(
    fc.property(lines, fc.nat(), (all, nth) => {
      const at = nth % all.length
      const line = all[at]
      if (!line) return
      expect(isOutdated(all, all.with(at, { ...line, quantity: line.quantity + 1 }))).toBe(true)
      expect(isOutdated(all, all.with(at, { ...line, siteId: 'c' }))).toBe(true)
      expect(isOutdated(all, all.with(at, { ...line, id: 'another' }))).toBe(true)
      expect(isOutdated(all, all.toSpliced(at, 1))).toBe(true)
      expect(isOutdated(all, [...all, { ...line, id: 'another' }])).toBe(true)
    }),
  )
})
