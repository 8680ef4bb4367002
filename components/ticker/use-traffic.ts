import { useEffect, useState } from 'react'
import type { QuoteBook, Traffic } from './quote-book.ts'

/** How often it is measured, and over how long, in milliseconds. */
const measureEvery = 500
const over = 3_000

/** What comes a second, over the last three, and what was skipped since the page was opened. */
export interface Measured extends Traffic {
  skippedInAll: number
}

/** Measures what reaches a screen; anew for each rate. */
export function useTraffic(book: QuoteBook, rate: number): Measured {
  const [measured, setMeasured] = useState<Measured>({ frames: 0, values: 0, skipped: 0, skippedInAll: 0 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came at another rate is not measured with this one
  useEffect(() => {
    let samples = [{ at: performance.now(), ...book.traffic }]
    const timer = setInterval(() => {
      const now = { at: performance.now(), ...book.traffic }
      samples = [...samples.filter(({ at }) => now.at - at <= over), now]
      setMeasured(between(samples[0] ?? now, now))
    }, measureEvery)
    return () => clearInterval(timer)
  }, [book, rate])
  return measured
}

type Sample = Traffic & { at: number }

function between(first: Sample, now: Sample): Measured {
  const seconds = Math.max(0.5, (now.at - first.at) / 1_000)
  const perSecond = (name: keyof Traffic) => Math.round((now[name] - first[name]) / seconds)
  return {
    frames: perSecond('frames'),
    values: perSecond('values'),
    skipped: perSecond('skipped'),
    skippedInAll: now.skipped,
  }
}
