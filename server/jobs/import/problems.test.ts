import { expect, test } from 'vitest'
import { mostProblems } from '#channels/order-import'
import { FoundProblems } from './problems'

const problem = (row: number) => ({ row, column: null, value: null, message: 'It is wrong.' })

test('problems are numbered within their row', () => {
  const found = new FoundProblems()
  found.add([problem(2), problem(3), problem(2)])
  found.close()
  expect(found.take(5).map(({ row, number }) => [row, number])).toEqual([
    [2, 1],
    [3, 1],
    [2, 2],
  ])
  expect(found.unwritten).toEqual([])
})

test('of a very long list the beginning is kept, and how many there are', () => {
  const found = new FoundProblems()
  for (let row = 2; row < mostProblems + 9; row += 1) found.add([problem(row)])
  found.close()
  expect(found.count).toBe(mostProblems + 7)
  const kept = found.take(mostProblems + 10)
  expect(kept).toHaveLength(mostProblems + 1)
  expect(kept.at(-1)).toMatchObject({
    row: 0,
    message: 'There are 10,007 problems. The first 10,000 of them are listed.',
  })
})
