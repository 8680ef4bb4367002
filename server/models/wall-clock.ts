import { barMinutes, chartMinutes } from '#channels/dashboard'

// Moments are milliseconds since 1970; days begin and end in the time zone of the server.

export const minute = 60_000
const day = 24 * 60 * minute

/** Minutes since 1970. */
export function minuteOf(at: number): number {
  return Math.floor(at / minute)
}

/** The first minute of the bars, which begin at full five minutes. */
export function firstBar(at: number): number {
  return Math.floor(minuteOf(at) / barMinutes) * barMinutes + barMinutes - chartMinutes
}

/** When the day begins in which `at` is, or one so many days later. */
export function midnight(at: number, days: number): number {
  const then = new Date(at)
  return new Date(then.getFullYear(), then.getMonth(), then.getDate() + days).getTime()
}

/** By the clock on the wall: a day in which it was set has 23 hours, or 25. */
export function sameTimeYesterday(at: number): number {
  const then = new Date(at)
  return then.setDate(then.getDate() - 1)
}

/** The date on the wall, as `2026-12-24`. */
export function dateOf(at: number): string {
  return new Date(dayOf(at) * day).toISOString().slice(0, 10)
}

/** The date on the wall, as days since 1970. */
export function dayOf(at: number): number {
  const then = new Date(at)
  return Date.UTC(then.getFullYear(), then.getMonth(), then.getDate()) / day
}
