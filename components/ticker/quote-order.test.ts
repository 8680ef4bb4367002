import { expect, test } from 'vitest'
import { ordered, sortedBy } from './quote-order'
import { pointsOf } from './spark-points'

const quotes = new Map(
  [
    { symbol: 'ACME', price: 20, change: -1, number: 1 },
    { symbol: 'ALTO', price: 10, change: 2, number: 1 },
    { symbol: 'LIME', price: 20, change: 0, number: 1 },
  ].map((quote) => [quote.symbol, quote]),
)
const order = (...[sort, filter = '']: [Parameters<typeof ordered>[2], string?]) =>
  ordered([...quotes.keys()], (symbol) => quotes.get(symbol), sort, filter)

test('by each column, both ways; those that are equal by name', () => {
  expect(order({ by: 'symbol', descending: true })).toEqual(['LIME', 'ALTO', 'ACME'])
  expect(order({ by: 'price', descending: true })).toEqual(['ACME', 'LIME', 'ALTO'])
  expect(order({ by: 'price', descending: false })).toEqual(['ALTO', 'ACME', 'LIME'])
  expect(order({ by: 'change', descending: true })).toEqual(['ALTO', 'LIME', 'ACME'])
})

test('a filter is found anywhere in the name, in small letters too', () => {
  const bySymbol = { by: 'symbol', descending: false } as const
  expect(order(bySymbol, ' me')).toEqual(['ACME', 'LIME'])
  expect(order(bySymbol, 'x')).toEqual([])
})

test('the head of a column turns its order round; another column begins with its highest', () => {
  const first = sortedBy('price', { by: 'symbol', descending: false })
  expect(first).toEqual({ by: 'price', descending: true })
  expect(sortedBy('price', first)).toEqual({ by: 'price', descending: false })
  expect(sortedBy('symbol', first)).toEqual({ by: 'symbol', descending: false })
})

test('a line needs two prices, and is level when they are the same', () => {
  expect(pointsOf([])).toBe('')
  expect(pointsOf([5])).toBe('')
  expect(pointsOf([5, 5])).toBe('0,12 88,12')
  expect(pointsOf([1, 3, 2])).toBe('0,22 44,2 88,12')
})
