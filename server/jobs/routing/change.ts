import type { Random } from '#server/random'
import type { Tours } from './problem'

/** What becomes of tour `a`, and of tour `b` where two are changed; a `b` behind the last is a new one. */
export interface Change {
  a: number
  first: number[]
  b?: number
  second?: number[]
}

/** How many crates in a row are mostly moved at once; now and then it is any number. */
const fewMoved = 3

/** Draws a neighbour of these tours; undefined when what was drawn changes nothing. */
export function drawChange(tours: Tours, random: Random): Change | undefined {
  const a = random.between(0, tours.length - 1)
  const kind = random.next()
  if (kind < 0.1) return reverse(tours, a, random)
  // Now and then a new tour is begun.
  const b = random.between(0, kind < 0.55 ? tours.length : tours.length - 1)
  if (a === b) return reverse(tours, a, random)
  if (kind < 0.55) return relocate(tours, a, b, random)
  return kind < 0.85 ? swap(tours, a, b, random) : exchangeTails(tours, a, b, random)
}

/** Drives a part of a tour the other way round (2-opt: Croes, "A Method for Solving Traveling-Salesman Problems", 1958). */
function reverse(tours: Tours, a: number, random: Random): Change | undefined {
  const tour = tours[a] ?? []
  if (tour.length < 3) return undefined
  const from = random.between(0, tour.length - 2)
  const to = random.between(from + 1, tour.length - 1)
  const first = tour.slice()
  for (let left = from, right = to; left < right; left++, right--) {
    first[left] = tour[right] ?? 0
    first[right] = tour[left] ?? 0
  }
  return { a, first }
}

/** Moves a row of crates to another tour. */
function relocate(tours: Tours, a: number, b: number, random: Random): Change | undefined {
  const from = tours[a] ?? []
  const to = tours[b] ?? []
  const { at, end } = rowIn(from, random)
  const length = end - at
  if (to.length === 0 && length === from.length) return undefined
  const place = random.between(0, to.length)
  const moved = from.slice(at, end)
  return {
    a,
    first: [...from.slice(0, at), ...from.slice(end)],
    b,
    second: [...to.slice(0, place), ...moved, ...to.slice(place)],
  }
}

/** Has two rows of crates change places, of any lengths. */
function swap(tours: Tours, a: number, b: number, random: Random): Change | undefined {
  const [one, other] = [tours[a] ?? [], tours[b] ?? []]
  const [from, to] = [rowIn(one, random), rowIn(other, random)]
  const put = (tour: number[], row: Row, given: number[], { at, end }: Row) => [
    ...tour.slice(0, row.at),
    ...given.slice(at, end),
    ...tour.slice(row.end),
  ]
  return { a, first: put(one, from, other, to), b, second: put(other, to, one, from) }
}

interface Row {
  at: number
  end: number
}

function rowIn(tour: number[], random: Random): Row {
  const most = random.next() < 0.7 ? Math.min(fewMoved, tour.length) : tour.length
  const length = random.between(1, most)
  const at = random.between(0, tour.length - length)
  return { at, end: at + length }
}

/** Cuts two tours in two and joins the head of each to the tail of the other (2-opt*: Potvin and Rousseau, 1995). */
function exchangeTails(tours: Tours, a: number, b: number, random: Random): Change | undefined {
  const [one, other] = [tours[a] ?? [], tours[b] ?? []]
  const [cut, otherCut] = [random.between(0, one.length), random.between(0, other.length)]
  // Either whole tours would change names, or nothing would move.
  if ((cut === 0 && otherCut === 0) || (cut === one.length && otherCut === other.length)) return undefined
  return {
    a,
    first: [...one.slice(0, cut), ...other.slice(otherCut)],
    b,
    second: [...other.slice(0, otherCut), ...one.slice(cut)],
  }
}
