import type { Random } from '#server/random'
import { type Change, drawChange } from './change'
import type { Costs } from './cost'
import type { Tours } from './problem'

export interface Attempt {
  done: number
  tours: Tours
  cents: number
}

interface Search {
  start: Tours
  costs: Costs
  random: Random
  /** How many changes are tried. */
  attempts: number
  /** No plan costs less: the search ends when it has come to that. */
  bound: number
}

/** How much dearer a change may be that is taken at the beginning, and at the end, as a part of what the start costs. */
const hot = 0.02
const cold = 0.00002
/** So many attempts are between two reports. */
const round = 2_048

/**
 * Searches for cheaper tours by random changes: a cheaper plan is always taken, a dearer one the less likely the
 * dearer it is and the further the search has come (Kirkpatrick, Gelatt and Vecchi, "Optimization by Simulated
 * Annealing", 1983). Gives the best so far again and again; the last is the result. The same random numbers give the
 * same tours.
 */
export function* anneal({ start, costs, random, attempts, bound }: Search): Generator<Attempt> {
  const tours = start.map((tour) => [...tour])
  const prices = tours.map((tour) => costs.of(tour))
  const total = prices.reduce((sum, price) => sum + price, 0)
  let cents = total
  let best: Attempt = { done: 0, tours: start, cents: total }
  yield best
  // Nothing can be moved anywhere else.
  const crates = start.reduce((sum, tour) => sum + tour.length, 0)
  const last = crates < 2 ? 0 : attempts
  for (let done = 0; done < last; done++) {
    if (done % round === 0) {
      yield { ...best, done }
      if (best.cents <= bound + 0.01) return
    }
    const change = drawChange(tours, random)
    if (!change) continue
    const before = (prices[change.a] ?? 0) + (change.b === undefined ? 0 : (prices[change.b] ?? 0))
    const [one, other] = [priceOf(costs, change.first), priceOf(costs, change.second)]
    const more = one + other - before
    const heat = total * hot * (cold / hot) ** (done / last)
    if (more > 0 && random.next() >= Math.exp(-more / heat)) continue
    take(tours, prices, change, one, other)
    cents += more
    if (cents < best.cents - 0.001) {
      for (const [nth, tour] of tours.entries()) {
        const shorter = costs.atOneStop(tour)
        tours[nth] = shorter
        prices[nth] = costs.of(shorter)
      }
      // Added up anew: thousands of small differences would drift.
      cents = prices.reduce((sum, price) => sum + price, 0)
      best = { done, tours: tours.map((tour) => [...tour]), cents }
    }
  }
  yield { ...best, done: attempts }
}

const priceOf = (costs: Costs, tour: number[] | undefined) => (tour && tour.length > 0 ? costs.of(tour) : 0)

/** A tour that has become empty is there no more. */
function take(tours: Tours, prices: number[], { a, b, first, second }: Change, one: number, other: number): void {
  tours[a] = first
  prices[a] = one
  if (b !== undefined && second) {
    tours[b] = second
    prices[b] = other
  }
  for (const at of [a, b ?? a].sort((x, y) => y - x)) {
    if (tours[at]?.length !== 0) continue
    tours.splice(at, 1)
    prices.splice(at, 1)
  }
}
