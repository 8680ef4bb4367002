import { expect, test, vi } from 'vitest'
import type { Quote } from '#channels/ticker'
import { QuoteBook } from './quote-book'

const quote = (symbol: string, number: number, price = number): Quote => ({ symbol, price, change: 0, number })

test('what a frame brings is counted, and what lay between is skipped; what a join brings is neither', () => {
  const book = new QuoteBook([quote('A', 1)], {})
  const b = quote('B', 7)
  book.replace([quote('A', 10), b])
  book.frame([quote('A', 14), b])
  book.frame([quote('A', 15), quote('B', 8)])
  expect(book.traffic).toEqual({ frames: 2, values: 3, skipped: 3 })
})

test('a count that begins anew is nothing skipped, and its value is the newest', () => {
  const book = new QuoteBook([quote('A', 500)], {})
  book.frame([quote('A', 2, 9)])
  book.frame([quote('A', 4)])
  expect(book.traffic.skipped).toBe(1)
  expect(book.quote('A')).toEqual(quote('A', 4))
})

test('only who watches a symbol that has changed is told', () => {
  const book = new QuoteBook([quote('A', 1), quote('B', 1)], {})
  const [a, b, symbols] = [vi.fn(), vi.fn(), vi.fn()]
  book.subscribe('quote', 'A', a)
  const end = book.subscribe('quote', 'B', b)
  book.subscribeSymbols(symbols)
  book.frame([quote('A', 2)])
  expect([a.mock.calls.length, b.mock.calls.length, symbols.mock.calls.length]).toEqual([1, 0, 0])
  book.frame([quote('AA', 1), quote('B', 2)])
  expect(book.symbols).toEqual(['A', 'AA', 'B'])
  expect([a.mock.calls.length, b.mock.calls.length, symbols.mock.calls.length]).toEqual([1, 1, 1])
  end()
  book.frame([quote('B', 3)])
  expect(b).toHaveBeenCalledTimes(1)
})

test('prices are those of the last minute, after those that came with the page', () => {
  const book = new QuoteBook([quote('A', 1, 5)], { A: Array(59).fill(1) })
  book.sample()
  expect(book.prices('A')).toEqual([...Array(59).fill(1), 5])
  const same = book.prices('A')
  expect(book.prices('A')).toBe(same)
  book.sample()
  expect(book.prices('A')).toEqual([...Array(58).fill(1), 5, 5])
  expect(book.prices('B')).toEqual([])
})

test('in several parts every symbol has its turn once', () => {
  const symbols = ['A', 'B', 'C', 'D', 'E']
  const book = new QuoteBook(
    symbols.map((symbol) => quote(symbol, 1)),
    {},
  )
  for (let part = 0; part < 3; part++) book.sample(part, 3)
  expect(symbols.map((symbol) => book.prices(symbol))).toEqual(symbols.map(() => [1]))
})
