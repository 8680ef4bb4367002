import { afterEach, expect, test, vi } from 'vitest'
import { Exchange, symbols } from './exchange'

afterEach(() => void vi.useRealTimers())

const walk = (seed: number, moves: number) => {
  const exchange = new Exchange(seed)
  for (let count = 0; count < moves; count++) exchange.move(count)
  return exchange.quotes.map(({ symbol, price }) => [symbol, price])
}

test('there are fifty symbols, each once', () => {
  expect(new Set(symbols).size).toBe(50)
})

test('one seed gives one walk, another gives another', () => {
  expect(walk(7, 100)).toEqual(walk(7, 100))
  expect(walk(7, 100)).not.toEqual(walk(8, 100))
})

test('every price moves, in small steps, and stays a price', () => {
  const exchange = new Exchange(1)
  const before = new Map(exchange.quotes.map(({ symbol, price }) => [symbol, price]))
  const moved = new Map<string, number>()
  for (let count = 0; count < 2_000; count++) {
    for (const { symbol, price, change, at } of exchange.move(count)) {
      const last = before.get(symbol) ?? 0
      expect(price).toBeGreaterThan(0)
      expect(Math.abs(price - last)).toBeLessThan(0.01 + last * 0.01)
      expect(Math.round(price * 100)).toBeCloseTo(price * 100, 6)
      expect([Number.isFinite(change), at]).toEqual([true, count])
      before.set(symbol, price)
      moved.set(symbol, (moved.get(symbol) ?? 0) + 1)
    }
  }
  for (const symbol of symbols) expect((moved.get(symbol) ?? 0) / 2_000).toBeCloseTo(0.2, 1)
})

test('stands still while nobody listens', () => {
  vi.useFakeTimers()
  const exchange = new Exchange(1)
  expect(exchange.open).toBe(false)
  const [one, two] = [vi.fn(), vi.fn()]
  const stops = [exchange.hear(one), exchange.hear(two)]
  vi.advanceTimersByTime(1_000)
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([50, 50])
  stops[0]?.()
  vi.advanceTimersByTime(20)
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([50, 51])
  stops[1]?.()
  expect(exchange.open).toBe(false)
  const { quotes } = exchange
  vi.advanceTimersByTime(10_000)
  expect(exchange.quotes).toEqual(quotes)
})
