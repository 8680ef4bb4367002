import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Delivery, day, type Effort, vans } from '#channels/plan'
import { Random } from '#server/random'
import { Costs, lowerBound } from './cost'
import { load, type Problem, type Tours, whyNot } from './problem'
import { savingsTours } from './savings'
import { type Found, type Result, search } from './search'

function plan(problem: Problem, effort: Effort = 'quick'): { result: Result; told: Found[] } {
  const told: Found[] = []
  const searching = search(problem, effort)
  let step = searching.next()
  for (; !step.done; step = searching.next()) told.push(step.value)
  return { result: step.value, told }
}

const place = fc.double({ min: -80, max: 80, noNaN: true })
/** A few lines for a few sites, so that thousands of attempts are quick. */
const problems = (mostLines: number, mostPieces: number): fc.Arbitrary<Problem> =>
  fc
    .record({
      places: fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 6 }),
      amounts: fc.array(
        fc.tuple(fc.nat(99), fc.integer({ min: 1, max: mostPieces }), fc.integer({ min: 1, max: 60_000 })),
        { minLength: 1, maxLength: mostLines },
      ),
    })
    .map(({ places, amounts }) => ({
      sites: places.map(([east, north], nth) => ({ id: `${nth}`, name: `Site ${nth}`, east, north })),
      lines: amounts.map(([site, quantity, weightGrams], nth) => ({
        ...{ line: nth + 1, product: `Product ${nth}`, quantity, weightGrams },
        siteId: `${site % places.length}`,
      })),
    }))

const delivered = ({ tours }: Pick<Delivery, 'tours'>) => {
  const pieces = new Map<string, number>()
  for (const { siteId, loads } of tours.flatMap(({ stops }) => stops)) {
    for (const { line, pieces: more } of loads) {
      pieces.set(`${line} at ${siteId}`, (pieces.get(`${line} at ${siteId}`) ?? 0) + more)
    }
  }
  return pieces
}

describe('no plan', () => {
  const problem: Problem = {
    sites: [{ id: 'a', name: 'Far works', east: 300, north: 0 }],
    lines: [{ line: 1, product: 'Anvil', siteId: 'a', quantity: 1, weightGrams: 700_000 }],
  }
  const light = (quantity: number) => problem.lines.map((line) => ({ ...line, weightGrams: 20_000, quantity }))
  test.each<[string, Problem, RegExp]>([
    ['of what no van can carry', problem, /^Anvil is too heavy/],
    ['of nothing', { ...problem, lines: [] }, /nothing to deliver/],
    ['of more than can be searched', { ...problem, lines: light(801) }, /too large/],
    ['for where no driver comes back from', { ...problem, lines: light(1) }, /^Far works is too far/],
  ])('%s', (_, impossible, words) => {
    expect(whyNot(impossible)).toMatch(words)
  })
})

test('every piece is delivered once where it belongs, by vans that carry it and within the day', () => {
  fc.assert(
    fc.property(problems(12, 40), (problem) => {
      fc.pre(whyNot(problem) === undefined)
      const { result } = plan(problem)
      const ordered = problem.lines.map(({ line, siteId, quantity }) => [`${line} at ${siteId}`, quantity] as const)
      expect([...delivered(result)].sort()).toEqual([...ordered].sort())
      for (const { van, stops, grams, minutes } of result.tours) {
        expect(grams).toBe(stops.flatMap(({ loads }) => loads).reduce((sum, load) => sum + load.grams, 0))
        expect(grams).toBeLessThanOrEqual(vans[van].carries)
        expect(minutes).toBeLessThanOrEqual(day.minutes)
        expect(new Set(stops.map(({ siteId }) => siteId)).size).toBe(stops.length)
      }
    }),
    { numRuns: 20 },
  )
})

test('it never costs more than it began with nor less than is possible, and is told as it is', () => {
  fc.assert(
    fc.property(problems(12, 40), (problem) => {
      fc.pre(whyNot(problem) === undefined)
      const { result, told } = plan(problem)
      const cent = result.tours.length
      expect(result.cents).toBeLessThanOrEqual(result.startCents + cent)
      expect(result.cents).toBeGreaterThanOrEqual(result.boundCents - cent)
      const prices = told.map(({ best }) => best?.cents ?? 0)
      expect(prices).toEqual([...prices].sort((one, other) => other - one))
      expect(Math.abs((prices.at(-1) ?? 0) - result.cents)).toBeLessThanOrEqual(cent)
      expect(told.every(({ done, total }) => done <= total)).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('a tour that calls at a site again is told at the price of calling there once', () => {
  const amounts = [
    [17, 2_825, 'a'],
    [7, 16_601, 'a'],
    [33, 2_879, 'a'],
    [38, 15_998, 'b'],
    [12, 8_959, 'b'],
    [34, 11_202, 'b'],
    [34, 37_627, 'a'],
    [20, 33_522, 'b'],
    [4, 49_575, 'b'],
  ] as const
  const { result, told } = plan({
    sites: [
      { id: 'a', name: 'Next door', east: 0, north: 0.002016548375964357 },
      { id: 'b', name: 'At home', east: 0, north: -2.8649226376797427e-251 },
    ],
    lines: amounts.map(([quantity, weightGrams, siteId], nth) => ({
      ...{ line: nth + 1, product: `Product ${nth}`, quantity, weightGrams, siteId },
    })),
  })
  const rounding = result.tours.length / 2 + 0.5
  expect(Math.abs((told.at(-1)?.best?.cents ?? 0) - result.cents)).toBeLessThanOrEqual(rounding)
})

test('the same order gives the same plan, whatever its sites are called in the database', () => {
  fc.assert(
    fc.property(problems(6, 15), (problem) => {
      fc.pre(whyNot(problem) === undefined)
      const { result } = plan(problem)
      expect(plan(problem).result).toEqual(result)
      const renamed = plan({
        sites: problem.sites.map((site) => ({ ...site, id: `new ${site.id}` })),
        lines: problem.lines.map((line) => ({ ...line, siteId: `new ${line.siteId}` })),
      })
      expect(renamed.result.cents).toBe(result.cents)
    }),
    { numRuns: 5 },
  )
})

/** All ways to spread crates over tours in any order: for a handful. */
function* everyWay(crates: number[]): Generator<Tours> {
  const [first, ...rest] = crates
  if (first === undefined) {
    yield []
    return
  }
  for (const tours of everyWay(rest)) {
    yield [...tours, [first]]
    for (const [nth, tour] of tours.entries()) {
      for (let at = 0; at <= tour.length; at++) yield tours.with(nth, tour.toSpliced(at, 0, first))
    }
  }
}

test('of a handful of crates it finds the cheapest plan there is', () => {
  fc.assert(
    fc.property(problems(5, 2), (problem) => {
      const loading = load(problem)
      fc.pre(whyNot(problem) === undefined && loading.crates.length <= 6)
      const costs = new Costs(loading)
      const every = [...everyWay(loading.crates.map((_, crate) => crate))]
      const cheapest = Math.min(...every.map((tours) => costs.ofAll(tours)))
      const { told } = plan(problem)
      expect(lowerBound(loading)).toBeLessThanOrEqual(cheapest + 1e-6)
      expect(costs.ofAll(savingsTours(loading, costs))).toBeGreaterThanOrEqual(cheapest - 1e-6)
      expect(told.at(-1)?.best?.cents).toBe(Math.round(cheapest))
    }),
    { numRuns: 80 },
  )
})

test('the search makes cheaper what the savings method has made, of many orders', () => {
  const sites = [
    { id: 'a', name: 'A', east: 40, north: 5 },
    { id: 'b', name: 'B', east: -30, north: 30 },
    { id: 'c', name: 'C', east: 10, north: -45 },
    { id: 'd', name: 'D', east: -12, north: 20 },
  ]
  const order = (seed: number): Problem => {
    const random = new Random(seed)
    const lines = Array.from({ length: 16 }, (_, nth) => ({
      ...{ line: nth + 1, product: 'P', siteId: random.pick(sites).id, quantity: random.between(1, 12) },
      weightGrams: random.pick([1_200, 8_000, 15_000, 31_000]),
    }))
    return { sites, lines }
  }
  const better = [2, 7, 16, 26]
    .map((seed) => plan(order(seed)).result)
    .filter(({ cents, startCents }) => cents < startCents)
  expect(better).toHaveLength(4)
})
