import type { OrderPlan } from '#channels/plan'

/** Of the drawing, in its own units. */
export const width = 320
export const height = 210
const margin = 32

interface Point {
  x: number
  y: number
}

/** A tour as a line that bends away from those beside it, with a place for its number. */
export interface DrawnTour {
  number: number
  path: string
  badge: Point
}

/** Places the workshop and the sites on the drawing, all within it and as far apart as they are. */
export function drawMap({ sites, tours }: Pick<OrderPlan, 'sites' | 'tours'>) {
  const easts = [0, ...sites.map(({ east }) => east)]
  const norths = [0, ...sites.map(({ north }) => north)]
  const [west, east, south, north] = [Math.min(...easts), Math.max(...easts), Math.min(...norths), Math.max(...norths)]
  // A single place at the workshop's own door has no extent.
  const scale = Math.min(
    (width - 2 * margin) / Math.max(east - west, 1),
    (height - 2 * margin) / Math.max(north - south, 1),
  )
  const place = (at: { east: number; north: number }): Point => ({
    x: round(width / 2 + (at.east - (west + east) / 2) * scale),
    y: round(height / 2 - (at.north - (south + north) / 2) * scale),
  })
  const home = place({ east: 0, north: 0 })
  const placed = sites.map((site) => ({ id: site.id, name: site.name, ...place(site) }))
  const at = new Map(placed.map((site) => [site.id, site]))
  const drawn = tours.map(({ stops }, nth): DrawnTour => {
    const points = [home, ...stops.flatMap(({ siteId }) => at.get(siteId) ?? []), home]
    const legs = points.slice(1).map((to, leg) => bent(points[leg] ?? home, to, nth))
    const longest = legs.slice(0, -1).toSorted((one, other) => other.length - one.length)[0]
    const path = `M${home.x} ${home.y} ${legs.map(({ curve }) => curve).join(' ')}`
    return { number: nth + 1, path, badge: longest?.middle ?? home }
  })
  return { home, sites: placed, tours: drawn }
}

/** How far a bow leaves the straight line, at most; less than the margin, so that all stays on the drawing. */
const widest = 24

/**
 * From one place to another by a bow, the wider the later the tour, to the left on the way there and so on the way
 * back. The place for the number is another one along the way for the tours that follow.
 */
function bent(from: Point, to: Point, nth: number) {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  // The line goes half as far as the point that bends it.
  const bow = length === 0 ? 0 : (2 * Math.min(4 + (nth % 6) * 4, widest, length / 2)) / length
  const control = { x: (from.x + to.x) / 2 - dy * bow, y: (from.y + to.y) / 2 + dx * bow }
  const along = 0.34 + 0.14 * (nth % 4)
  const at = (axis: 'x' | 'y') =>
    (1 - along) ** 2 * from[axis] + 2 * along * (1 - along) * control[axis] + along ** 2 * to[axis]
  return {
    length,
    curve: `Q${round(control.x)} ${round(control.y)} ${to.x} ${to.y}`,
    middle: { x: round(at('x')), y: round(at('y')) },
  }
}

const round = (value: number) => Math.round(value * 10) / 10
