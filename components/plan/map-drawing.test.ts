import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawMap, height, width } from './map-drawing'

const place = fc.double({ min: -120, max: 120, noNaN: true })
const plans = fc.array(fc.tuple(place, place), { maxLength: 8 }).chain((places) => {
  const sites = places.map(([east, north], nth) => ({ id: `${nth}`, name: `Site ${nth}`, east, north }))
  const stop = fc.nat(Math.max(0, sites.length - 1)).map((nth) => ({ siteId: `${nth}`, km: 0, loads: [] }))
  const tour = fc
    .array(stop, { minLength: 1, maxLength: 4 })
    .map((stops) => ({ stops, van: 'small' as const, grams: 0, km: 0, minutes: 0, cents: 0 }))
  return fc.record({ sites: fc.constant(sites), tours: fc.array(tour, { maxLength: 12 }) })
})

test('everything is on the drawing, wherever the sites are', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const { home, sites, tours } = drawMap(plan)
      for (const { x, y } of [home, ...sites, ...tours.map(({ badge }) => badge)]) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(width)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(height)
      }
      expect(tours.map(({ number }) => number)).toEqual(plan.tours.map((_, nth) => nth + 1))
      expect(tours.every(({ path }) => !path.includes('NaN'))).toBe(true)
    }),
  )
})

test('north is up, east is to the right, and distances keep their proportion', () => {
  const { home, sites } = drawMap({
    sites: [
      { id: 'a', name: 'A', east: 0, north: 40 },
      { id: 'b', name: 'B', east: 40, north: 0 },
    ],
    tours: [],
  })
  const [a, b] = sites
  expect(a).toMatchObject({ x: home.x })
  expect(b).toMatchObject({ y: home.y })
  expect(home.y - (a?.y ?? 0)).toBeCloseTo((b?.x ?? 0) - home.x, 0)
  expect(home.y - (a?.y ?? 0)).toBeGreaterThan(0)
})
