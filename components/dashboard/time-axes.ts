import type uPlot from 'uplot'
import { timeOfDay } from './dashboard-words.ts'
import type { Ink } from './use-plot.ts'

/** The hour from left to right: bars stand at the middle of what they count, `half` its length, in seconds. */
export function timeScale(half: number): uPlot.Scale {
  return { time: true, range: (_, first, last) => [first - half, last + half] }
}

/** From nothing to a little more than the most there is, and never less than `least`. */
export function amountScale(least: number): uPlot.Scale {
  return { range: (_, __, most) => [0, Math.max(least, most * 1.1)] }
}

export function timeAxis({ faint, line, font }: Ink): uPlot.Axis {
  return {
    stroke: faint,
    font,
    size: 28,
    grid: { show: false },
    ticks: { stroke: line, width: 1, size: 4 },
    space: 56,
    values: (_, moments) => moments.map((moment) => timeOfDay(moment * 1_000)),
  }
}

export function amountAxis({ faint, line, font }: Ink, words: (value: number) => string, size: number): uPlot.Axis {
  return {
    stroke: faint,
    font,
    size,
    space: 32,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    incrs: [
      1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7,
      1e8,
    ],
    values: (_, amounts) => amounts.map(words),
  }
}
