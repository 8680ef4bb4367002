/** How long a player may be missed before anyone is told, in milliseconds: a reload takes less. */
export const missedAfter = 2_000

/** A seat of a game under way as the database shows it: `here` says whether its player has a tab in the game. */
export interface SeenSeat {
  id: string
  seat: number
  dueAt: number | null
  awaySince: number | null
  here: boolean
  /** By the database's clock, milliseconds since 1970, like all times here. */
  now: number
}

/** Since when each seat has been missed, by game and seat. */
export type Absences = Map<string, number>

/**
 * The seats about which something is news, with `awaySince` as it is to be: of a player who is back, and of one who has
 * been missed for a while, from when they were first missed. `known` is brought up to date.
 */
export function notice(known: Absences, seats: SeenSeat[]): SeenSeat[] {
  const keyOf = ({ id, seat }: SeenSeat) => `${id}/${seat}`
  const missing = new Map(seats.filter(({ here }) => !here).map((one) => [keyOf(one), one.now]))
  for (const key of [...known.keys()]) if (!missing.has(key)) known.delete(key)
  for (const [key, now] of missing) if (!known.has(key)) known.set(key, now)
  return seats.flatMap((one): SeenSeat[] => {
    if (one.here) return one.awaySince === null ? [] : [{ ...one, awaySince: null }]
    const since = known.get(keyOf(one)) ?? one.now
    return one.awaySince === null && one.now - since >= missedAfter ? [{ ...one, awaySince: since }] : []
  })
}
