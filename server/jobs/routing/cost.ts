import { day, type Van, vans } from '#channels/plan'
import type { Loading, Tours } from './problem'

/** A tour measured, at the cost of the cheapest van that can carry it, in cents and not rounded. */
export interface Measured {
  van: Van
  grams: number
  km: number
  minutes: number
  cents: number
}

const fleet = (['small', 'large'] as const).map((van) => ({ van, ...vans[van] }))

/** Costs of tours over one loading. What no van can carry or no driver can drive in a day costs infinitely much. */
export class Costs {
  readonly #site: Int32Array
  readonly #grams: Float64Array
  readonly #km: number[][]

  constructor({ crates, km }: Loading) {
    this.#site = Int32Array.from(crates, ({ site }) => site)
    this.#grams = Float64Array.from(crates, ({ grams }) => grams)
    this.#km = km
  }

  /** In cents. The search asks this of every change it tries, so nothing is allocated. */
  of(tour: readonly number[]): number {
    let place = 0
    let km = 0
    let grams = 0
    let stops = 0
    for (let nth = 0; nth < tour.length; nth++) {
      const crate = tour[nth] ?? 0
      const next = this.#site[crate] ?? 0
      grams += this.#grams[crate] ?? 0
      if (next === place) continue
      km += this.#km[place]?.[next] ?? 0
      place = next
      stops++
    }
    km += this.#km[place]?.[0] ?? 0
    if (minutesFor(km, stops, tour.length) > day.minutes) return Number.POSITIVE_INFINITY
    return cheapest(grams, km)
  }

  ofAll(tours: Tours): number {
    return tours.reduce((sum, tour) => sum + this.of(tour), 0)
  }

  measure(tour: readonly number[]): Measured {
    let place = 0
    const measured = { grams: 0, km: 0, stops: 0 }
    for (const crate of tour) {
      const next = this.#site[crate] ?? 0
      measured.grams += this.#grams[crate] ?? 0
      measured.km += this.leg(place, next)
      if (next !== place) measured.stops++
      place = next
    }
    const km = measured.km + this.leg(place, 0)
    const { grams } = measured
    const cents = cheapest(grams, km)
    const van = fleet.find(({ carries, tourCents, kmCents }) => grams <= carries && tourCents + kmCents * km === cents)
    return { van: van?.van ?? 'large', grams, km, minutes: minutesFor(km, measured.stops, tour.length), cents }
  }

  /** The same crates with one stop for each site: to call there twice never makes the way shorter. */
  atOneStop(tour: readonly number[]): number[] {
    const sites = [...new Set(tour.map((crate) => this.#site[crate]))]
    return sites.flatMap((site) => tour.filter((crate) => this.#site[crate] === site))
  }

  /** The way between two places, in kilometres. */
  leg(from: number, to: number): number {
    return this.#km[from]?.[to] ?? 0
  }
}

function minutesFor(km: number, stops: number, crates: number): number {
  return (km / day.kmPerHour) * 60 + stops * day.minutesPerStop + crates * day.minutesPerCrate
}

function cheapest(grams: number, km: number): number {
  let least = Number.POSITIVE_INFINITY
  for (const { carries, tourCents, kmCents } of fleet) {
    if (grams <= carries) least = Math.min(least, tourCents + kmCents * km)
  }
  return least
}

/**
 * What every plan costs at least, in cents. Each gram pays its part of the way to its site and back with a full van
 * (the bound of Haimovich and Rinnooy Kan, "Bounds and Heuristics for Capacitated Routing Problems", 1985), whole vans
 * have to be sent for all of it, and somebody has to drive to the farthest site and back.
 */
export function lowerBound({ crates, km }: Loading): number {
  if (crates.length === 0) return 0
  const there = (site: number) => 2 * (km[0]?.[site] ?? 0)
  const perGramAndKm = Math.min(...fleet.map(({ carries, kmCents }) => kmCents / carries))
  const ways = crates.reduce((sum, { site, grams }) => sum + grams * there(site) * perGramAndKm, 0)
  const farthest = Math.max(...crates.map(({ site }) => there(site)))
  return Math.max(ways + cheapestVans(crates.reduce((sum, { grams }) => sum + grams, 0)), cheapest(0, farthest))
}

/** The least that so many grams cost in tours begun. */
function cheapestVans(grams: number): number {
  const [small, large] = fleet.map(({ carries, tourCents }) => ({ carries, tourCents }))
  if (!small || !large) return 0
  let least = Number.POSITIVE_INFINITY
  for (let larges = 0; larges <= Math.ceil(grams / large.carries); larges++) {
    const smalls = Math.ceil(Math.max(0, grams - larges * large.carries) / small.carries)
    least = Math.min(least, larges * large.tourCents + smalls * small.tourCents)
  }
  return least
}
