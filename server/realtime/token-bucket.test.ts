import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TokenBucket, TokenBuckets } from './token-bucket'

const limits = fc.record({
  burst: fc.integer({ min: 1, max: 50 }),
  perSecond: fc.double({ min: 0.1, max: 500, noNaN: true }),
})
/** Milliseconds between one take and the next. */
const pauses = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 200 })

describe('refused', () => {
  test('never more is granted than the burst and what was gained since, between any two moments', () => {
    fc.assert(
      fc.property(limits, pauses, (limit, gaps) => {
        let now = 0
        const bucket = new TokenBucket(limit, now)
        const granted: number[] = []
        for (const gap of gaps) {
          now += gap
          if (bucket.take(now) === 0) granted.push(now)
        }
        for (const [first, from] of granted.entries()) {
          for (const [more, to] of granted.slice(first).entries()) {
            const allowed = limit.burst + ((to - from) * limit.perSecond) / 1000
            if (more + 1 > allowed + 0.001) throw new Error(`${more + 1} were granted, ${allowed} allowed`)
          }
        }
      }),
    )
  })

  test('a refusal takes nothing: asking all the time gets no less than asking when told', () => {
    const bucket = new TokenBucket({ burst: 1, perSecond: 1 }, 0)
    expect(bucket.take(0)).toBe(0)
    for (let now = 1; now < 1_000; now++) expect(bucket.take(now)).toBe(1_000 - now)
    expect(bucket.take(1_000)).toBe(0)
  })
})

test('whoever waits as long as told is granted one, and not two', () => {
  fc.assert(
    fc.property(limits, pauses, (limit, gaps) => {
      let now = 0
      const bucket = new TokenBucket(limit, now)
      for (const gap of gaps) {
        now += gap
        const wait = bucket.take(now)
        if (wait === 0) continue
        now += wait
        expect(bucket.take(now)).toBe(0)
        // A wait is whole milliseconds, in which a quick bucket gains more than the one token.
        if (limit.perSecond < 100) expect(bucket.take(now)).toBeGreaterThan(0)
      }
    }),
  )
})

test('the burst is there at once, and again after a rest', () => {
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, 0)
  const takes = (now: number) => [1, 2, 3, 4].map(() => bucket.take(now))
  expect(takes(0)).toEqual([0, 0, 0, 500])
  expect(takes(1_500)).toEqual([0, 0, 0, 500])
  expect(takes(1_000_000)).toEqual([0, 0, 0, 500])
})

describe('many buckets', () => {
  const limit = { burst: 2, perSecond: 1 }

  test('each key has its own', () => {
    const buckets = new TokenBuckets()
    expect(['a', 'a', 'a', 'b'].map((key) => buckets.take(key, limit, 0))).toEqual([0, 0, 1_000, 0])
  })

  test('those that are full again are forgotten, and no other', () => {
    const buckets = new TokenBuckets()
    let granted = 0
    for (let now = 0; now < 50_000; now++) {
      buckets.take(`${now}`, limit, now)
      if (now % 100 === 0 && buckets.take('busy', limit, now) === 0) granted++
    }
    expect(buckets.size).toBeLessThan(5_000)
    expect(granted).toBeLessThanOrEqual(2 + 50)
  })

  test('a flood of keys within one moment does not fill the memory', () => {
    const buckets = new TokenBuckets()
    for (let key = 0; key < 300_000; key++) buckets.take(`${key}`, limit, 0)
    expect(buckets.size).toBeLessThanOrEqual(100_000)
  })
})
