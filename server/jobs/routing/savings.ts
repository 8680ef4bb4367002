import type { Costs } from './cost'
import type { Loading, Tours } from './problem'

/**
 * A good plan to begin with: every crate is driven by itself, and of all pairs of tours those are joined first that
 * save most, as long as a van and a day allow it (Clarke and Wright, "Scheduling of Vehicles from a Central Depot to
 * a Number of Delivery Points", 1964).
 */
export function savingsTours({ crates, km }: Loading, costs: Costs): Tours {
  const home = (crate: number) => km[0]?.[crates[crate]?.site ?? 0] ?? 0
  const between = (one: number, other: number) => km[crates[one]?.site ?? 0]?.[crates[other]?.site ?? 0] ?? 0
  const pairs: { one: number; other: number; saved: number }[] = []
  for (let one = 0; one < crates.length; one++) {
    for (let other = one + 1; other < crates.length; other++) {
      pairs.push({ one, other, saved: home(one) + home(other) - between(one, other) })
    }
  }
  // By number where they save alike, so that the same order always gives the same plan.
  pairs.sort((a, b) => b.saved - a.saved || a.one - b.one || a.other - b.other)

  const tourOf = crates.map((_, crate) => [crate])
  for (const { one, other } of pairs) {
    const [before, after] = [tourOf[one], tourOf[other]]
    if (!before || !after || before === after) continue
    const joined = join(before, after, one, other)
    if (!joined || costs.of(joined) > costs.of(before) + costs.of(after)) continue
    for (const crate of joined) tourOf[crate] = joined
  }
  return [...new Set(tourOf)]
}

/** One tour in which the two crates follow each other; none where one of them is in the middle of its own. */
function join(before: number[], after: number[], one: number, other: number): number[] | undefined {
  const left = before.at(-1) === one ? before : before[0] === one ? before.toReversed() : undefined
  const right = after[0] === other ? after : after.at(-1) === other ? after.toReversed() : undefined
  return left && right && [...left, ...right]
}
