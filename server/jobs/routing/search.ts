import { createHash } from 'node:crypto'
import type { Delivery, Effort, Load, Progress, Tour } from '#channels/plan'
import { Random } from '#server/random'
import { type Attempt, anneal } from './anneal'
import { Costs, lowerBound } from './cost'
import { type Loading, load, type Problem } from './problem'
import { savingsTours } from './savings'

/** How many changes are tried for each crate, and in all at most. */
const attemptsPerCrate: Record<Effort, number> = { quick: 8_000, thorough: 80_000, exhaustive: 320_000 }
const mostAttempts: Record<Effort, number> = { quick: 400_000, thorough: 4_000_000, exhaustive: 16_000_000 }

/** How far a search is: what is told of it while it runs. */
export type Found = Pick<Progress, 'done' | 'total' | 'best'>

export type Result = Omit<Delivery, 'took'>

/**
 * Calculates a delivery plan: gives how far it is again and again, and returns the plan. The same problem and effort
 * give the same plan. `whyNot` must know no reason against it.
 */
export function* search(problem: Problem, effort: Effort): Generator<Found, Result> {
  const loading = load(problem)
  const costs = new Costs(loading)
  const start = savingsTours(loading, costs).map((tour) => costs.atOneStop(tour))
  const bound = lowerBound(loading)
  const total = Math.min(mostAttempts[effort], attemptsPerCrate[effort] * loading.crates.length)
  const random = new Random(seedOf(problem))
  let found: Attempt = { done: 0, tours: start, cents: costs.ofAll(start) }
  for (found of anneal({ start, costs, random, attempts: total, bound })) yield told(found, total, costs)
  const { tours } = found
  const driven = tours.map((tour) => tourOf(tour, { problem, loading, costs }))
  return {
    effort,
    sites: problem.sites,
    tours: driven.sort((one, other) => other.grams - one.grams),
    cents: sum(driven, ({ cents }) => cents),
    km: sum(driven, ({ km }) => km),
    startCents: sum(start, (tour) => Math.round(costs.of(tour))),
    boundCents: Math.floor(bound),
    attempts: found.done,
  }
}

function told({ done, tours, cents }: Attempt, total: number, costs: Costs): Found {
  const km = sum(tours, (tour) => costs.measure(tour).km)
  return { done, total, best: { cents: Math.round(cents), tours: tours.length, km } }
}

function tourOf(
  tour: number[],
  { problem, loading, costs }: { problem: Problem; loading: Loading; costs: Costs },
): Tour {
  const { van, grams, km, minutes, cents } = costs.measure(tour)
  const stops: Tour['stops'] = []
  let place = 0
  for (const number of tour) {
    const crate = loading.crates[number]
    const at = crate && problem.sites[crate.site - 1]
    if (!at) throw new Error(`There is no crate ${number}, or it goes nowhere.`)
    if (crate.site !== place) stops.push({ siteId: at.id, km: costs.leg(place, crate.site), loads: [] })
    place = crate.site
    const { line, product } = crate.line
    put(stops.at(-1)?.loads ?? [], { line, product, pieces: crate.pieces, grams: crate.grams })
  }
  return { van, stops, grams, km, minutes, cents: Math.round(cents) }
}

/** Crates of the same line are one entry. */
function put(loads: Load[], more: Load): void {
  const known = loads.find(({ line }) => line === more.line)
  if (known) {
    known.pieces += more.pieces
    known.grams += more.grams
  } else loads.push(more)
  loads.sort((one, other) => one.line - other.line)
}

/** By what is to be brought where, whatever it is called. */
function seedOf({ sites, lines }: Problem): number {
  const places = sites.map(({ east, north }) => [east, north])
  const amounts = lines.map(({ siteId, quantity, weightGrams }) => [
    sites.findIndex(({ id }) => id === siteId),
    quantity,
    weightGrams,
  ])
  return createHash('sha256')
    .update(JSON.stringify([places, amounts]))
    .digest()
    .readUInt32BE()
}

function sum<One>(all: One[], of: (one: One) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}
