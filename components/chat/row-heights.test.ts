import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowHeights } from './row-heights'

const estimate = 40
const measures = fc.array(
  fc.record({ row: fc.integer({ min: 1, max: 1_000 }), height: fc.integer({ min: 1, max: 300 }) }),
)

function both(measured: { row: number; height: number }[]) {
  const heights = new RowHeights(estimate)
  const plain = Array.from({ length: 1_001 }, () => estimate)
  for (const { row, height } of measured) {
    heights.measure(row, height)
    plain[row] = height
  }
  const above = (row: number) => plain.slice(1, row).reduce((sum, height) => sum + height, 0)
  return { heights, above }
}

test('what is above a row is the sum of the rows before it, measured or not', () => {
  fc.assert(
    fc.property(measures, fc.integer({ min: 1, max: 1_001 }), (measured, row) => {
      const { heights, above } = both(measured)
      expect(heights.above(row)).toBe(above(row))
    }),
  )
})

test('the row at a distance is the one that begins at or before it, and the next begins after', () => {
  fc.assert(
    fc.property(measures, fc.integer({ min: -50, max: 60_000 }), fc.integer({ min: 1, max: 1_000 }), (all, y, last) => {
      const { heights, above } = both(all.filter(({ row }) => row <= last))
      const row = heights.at(y, last)
      expect(row).toBeGreaterThanOrEqual(1)
      expect(row).toBeLessThanOrEqual(last)
      if (row > 1) expect(above(row)).toBeLessThanOrEqual(y)
      if (row < last) expect(above(row + 1)).toBeGreaterThan(y)
    }),
  )
})

test('a hundred thousand rows, and none of them; what is forgotten is estimated again', () => {
  const heights = new RowHeights(estimate)
  expect(heights.above(100_001)).toBe(100_000 * estimate)
  expect(heights.at(50_000 * estimate, 100_000)).toBe(50_001)
  expect(heights.at(10, 0)).toBe(1)
  heights.measure(7, 100)
  expect([heights.knows(7), heights.knows(8)]).toEqual([true, false])
  heights.forget()
  expect(heights.above(8)).toBe(7 * estimate)
})
