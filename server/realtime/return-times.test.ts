import { expect, test } from 'vitest'
import { returnTimes } from './return-times'

/** How many come in the second after each that comes. */
function busiestSecond(times: number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length))
}

test('a lone client comes back at once, when the server has had time to close', () => {
  const [at] = returnTimes(1)
  expect(at).toBeGreaterThanOrEqual(300)
  expect(at).toBeLessThanOrEqual(302)
})

test.each([20, 500, 5_000, 14_000])('%i come at no more than 500 in any second', (clients) => {
  const times = returnTimes(clients)
  expect(times).toHaveLength(clients)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(300)
  expect(Math.max(...times)).toBeLessThanOrEqual(300 + clients * 2)
  // One more may fall into it at either end.
  expect(busiestSecond(times)).toBeLessThanOrEqual(502)
})

test('nobody is sent away for more than 30 s, and however many there are, they come evenly', () => {
  const times = returnTimes(40_000)
  expect(Math.max(...times)).toBeLessThanOrEqual(30_000)
  const perSecond = Array.from({ length: 29 }, (_, second) => {
    const from = 300 + second * 1_000
    return times.filter((at) => at >= from && at < from + 1_000).length
  })
  expect(Math.max(...perSecond) / Math.min(...perSecond)).toBeLessThan(1.1)
})
