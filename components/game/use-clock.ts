import { type Seat, seatOf } from '#channels/connect-four'
import { firstMoveWithin, type Game, seatKeptFor } from '#channels/game'
import { useServerNow } from '#components/realtime/use-server-now'

export interface ClockView {
  /** What the clock shows, in milliseconds. */
  left: number
  running: boolean
  /** How long there is for the first move, in milliseconds; null once both have moved, and for who does not move. */
  firstMove: number | null
  /** How much longer the seat is kept, in milliseconds; null while the player is here. */
  kept: number | null
}

/** A player's clock by the server's time. It stands while the game does, and for as long as the server's time is unknown. */
export function useClock({ state, moves, turnSince, seats }: Game, seat: Seat): ClockView {
  const { left = 0, awaySince = null } = seats[seat] ?? {}
  const moving = state === 'playing' && seatOf(moves.length) === seat && turnSince !== null
  const now = useServerNow(moving || awaySince !== null, 100)
  const spent = moving && now !== undefined ? Math.max(0, now - turnSince) : 0
  const opening = moves.length < 2
  return {
    left: opening ? left : Math.max(0, left - spent),
    running: moving && !opening,
    firstMove: moving && opening ? Math.max(0, firstMoveWithin - spent) : null,
    kept: awaySince === null || now === undefined ? null : Math.max(0, awaySince + seatKeptFor - now),
  }
}
