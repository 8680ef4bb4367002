import { expect, test } from 'vitest'
import { dateOf, firstBar, midnight, minuteOf, sameTimeYesterday } from './wall-clock'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Adelaide', 'Pacific/Auckland']

test.each(zones)('in %s a day is that of the wall, also when the clock is set', (zone) => {
  const before = process.env.TZ
  process.env.TZ = zone
  try {
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
    for (let hour = 0; hour < 366 * 24; hour += 11) {
      const at = Date.UTC(2026, 0, 1, hour, 17)
      const [began, ends, before] = [midnight(at, 0), midnight(at, 1), midnight(at, -1)]
      expect(began <= at && at < ends && before < began).toBe(true)
      for (const moment of [began, ends, before]) expect(new Date(moment).getHours()).toBe(0)
      const yesterday = sameTimeYesterday(at)
      expect(midnight(yesterday, 0)).toBe(before)
      const wall = new Date(at)
      const date = [wall.getFullYear(), wall.getMonth() + 1, wall.getDate()].map((part) =>
        String(part).padStart(2, '0'),
      )
      expect(dateOf(at)).toBe(date.join('-'))
    }
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

test('twelve bars of five full minutes end with the one that is under way', () => {
  const at = Date.UTC(2026, 10, 21, 14, 3, 59)
  expect(firstBar(at)).toBe(minuteOf(Date.UTC(2026, 10, 21, 13, 5)))
  expect(firstBar(Date.UTC(2026, 10, 21, 14, 5))).toBe(minuteOf(Date.UTC(2026, 10, 21, 13, 10)))
})
