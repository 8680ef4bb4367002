import { day, type Site, vans } from '#channels/plan'

/** Pieces of one product for one site; `line` is its position in the order. */
export interface Line {
  line: number
  product: string
  siteId: string
  quantity: number
  /** Of one piece. */
  weightGrams: number
}

/** What is to be delivered, as plain data: it travels to the worker. Every site of a line is among the sites. */
export interface Problem {
  sites: Site[]
  lines: Line[]
}

/** What is loaded and unloaded as one. `site` counts the sites from 1; 0 is the workshop. */
export interface Crate {
  site: number
  line: Line
  pieces: number
  grams: number
}

/** A problem as the search sees it: crates to spread over tours, and the way between any two places in kilometres. */
export interface Loading {
  crates: Crate[]
  km: number[][]
}

/** Tours of crates, by their numbers, in the order of the drive. */
export type Tours = number[][]

/** In grams; a single piece may weigh more. */
const crateGrams = 25_000
/** More crates than a day's search could spread well. */
const mostCrates = 800
/** Roads are so much longer than the straight line. */
const winding = 1.25
const carriesMost = Math.max(...Object.values(vans).map(({ carries }) => carries))

/** Packs each line into as few crates as it takes. */
export function load({ sites, lines }: Problem): Loading {
  const places = [{ east: 0, north: 0 }, ...sites]
  const siteNumber = new Map(sites.map(({ id }, nth) => [id, nth + 1]))
  const crates = lines.flatMap((line) => {
    const most = Math.max(1, Math.floor(crateGrams / Math.max(1, line.weightGrams)))
    return Array.from({ length: Math.ceil(line.quantity / most) }, (_, nth): Crate => {
      const pieces = Math.min(most, line.quantity - nth * most)
      return { site: siteNumber.get(line.siteId) ?? 0, line, pieces, grams: pieces * line.weightGrams }
    })
  })
  const km = places.map((one) =>
    places.map((other) => Math.hypot(one.east - other.east, one.north - other.north) * winding),
  )
  return { crates, km }
}

/** Why there can be no plan, in words for a person; undefined when there can. */
export function whyNot(problem: Problem): string | undefined {
  const heavy = problem.lines.find(({ weightGrams }) => weightGrams > carriesMost)
  if (heavy) return `${heavy.product} is too heavy for any van.`
  const pieces = problem.lines.filter(({ quantity }) => quantity > 0)
  if (pieces.length === 0) return 'This order has nothing to deliver.'
  const crates = pieces.reduce(
    (sum, { quantity, weightGrams }) => sum + Math.ceil(quantity / Math.max(1, Math.floor(crateGrams / weightGrams))),
    0,
  )
  if (crates > mostCrates) return 'This order is too large for one plan. Split it into several.'
  const far = problem.sites.find(({ east, north }) => {
    const way = Math.hypot(east, north) * winding * 2
    return (way / day.kmPerHour) * 60 + day.minutesPerStop + day.minutesPerCrate > day.minutes
  })
  return far && `${far.name} is too far to be reached and left in one day.`
}
