import type { CallLimit } from '#channels/contract'

/** What floating-point arithmetic may leave short of a whole token. */
const rounding = 1e-6

/**
 * Holds `burst` tokens and gains `perSecond` more each second, never above `burst`. It is filled when it is
 * looked at, by a clock that cannot be set back, so it needs no timer.
 * (A token bucket: Turner, "New Directions in Communications", 1986.)
 */
export class TokenBucket {
  #tokens: number
  #filledAt: number

  /** Full. `now` is in milliseconds of `performance.now()`, here and below. */
  constructor(
    private readonly limit: CallLimit,
    now = performance.now(),
  ) {
    this.#tokens = limit.burst
    this.#filledAt = now
  }

  /** Takes a token and gives 0; without one, takes nothing and gives the whole milliseconds until there is one. */
  take(now = performance.now()): number {
    this.#fill(now)
    const missing = 1 - this.#tokens
    if (missing > rounding) return Math.ceil((missing * 1000) / this.limit.perSecond)
    this.#tokens--
    return 0
  }

  /** A full bucket is as good as a new one. */
  isFull(now: number): boolean {
    this.#fill(now)
    return this.#tokens === this.limit.burst
  }

  #fill(now: number): void {
    const gained = ((now - this.#filledAt) * this.limit.perSecond) / 1000
    this.#tokens = Math.min(this.limit.burst, this.#tokens + gained)
    this.#filledAt = now
  }
}

/** However many keys there are, so many buckets are kept: about 15 MB. */
const mostBuckets = 100_000
const fewBuckets = 1_000

/** A bucket per key: per session and call, or per address. Those that are full again are forgotten. */
export class TokenBuckets {
  readonly #buckets = new Map<string, TokenBucket>()
  #sweepAt = fewBuckets

  get size(): number {
    return this.#buckets.size
  }

  /** As `TokenBucket.take`, from the bucket of this key; `limit` counts while there is none. */
  take(key: string, limit: CallLimit, now = performance.now()): number {
    let bucket = this.#buckets.get(key)
    if (!bucket) {
      if (this.#buckets.size >= this.#sweepAt) this.#sweep(now)
      bucket = new TokenBucket(limit, now)
      this.#buckets.set(key, bucket)
    }
    return bucket.take(now)
  }

  /** Looks at all of them, so it is done again only when as many have been added as were left. */
  #sweep(now: number): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key)
    // A flood from ever new addresses: the oldest start afresh, rather than the memory run out.
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size <= mostBuckets / 2) break
      this.#buckets.delete(key)
    }
    this.#sweepAt = Math.max(fewBuckets, 2 * this.#buckets.size)
  }
}
