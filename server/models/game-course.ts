import { freeIn, outcomeOf, type Seat, seatOf } from '#channels/connect-four'
import { type Ending, firstMoveWithin, type Game, seatKeptFor } from '#channels/game'
import { refuse } from '#server/refusal'

// How a game goes on, without database or clock: each function gives the game as it is after, and leaves the one given
// as it was. Times are milliseconds since 1970.

export function otherThan(seat: Seat): Seat {
  return seat === 0 ? 1 : 0
}

/** When the turn is over without a move: the clock has run out, or the time for a first move. Null outside of play. */
function turnEnds({ state, turnSince, moves, seats }: Game): number | null {
  const mover = seats[seatOf(moves.length)]
  if (state !== 'playing' || turnSince === null || !mover) return null
  return turnSince + (isOpening(moves) ? firstMoveWithin : mover.left)
}

/** Until both have moved the clocks stand: whoever was challenged hours ago has to come first. */
function isOpening(moves: string): boolean {
  return moves.length < 2
}

/** When something happens that no player does; null when nothing will. */
export function dueAt(game: Game): number | null {
  if (game.state !== 'playing') return null
  const kept = game.seats.flatMap(({ awaySince }) => (awaySince === null ? [] : [awaySince + seatKeptFor]))
  const times = [turnEnds(game) ?? [], kept].flat()
  return times.length > 0 ? Math.min(...times) : null
}

/** Ends it at that moment, for one or, with null, for nobody. */
export function finish(game: Game, ending: Ending, winner: Seat | null, at: number): Game {
  const mover = seatOf(game.moves.length)
  const spent = isOpening(game.moves) || game.turnSince === null ? 0 : at - game.turnSince
  return {
    ...game,
    state: 'over',
    ending,
    winner,
    endedAt: at,
    turnSince: null,
    drawOfferedBy: null,
    seats: game.seats.map((seat, number) => ({
      ...seat,
      awaySince: null,
      left: number === mover ? Math.max(0, seat.left - spent) : seat.left,
    })),
  }
}

/**
 * The same game while nothing is due; else as it ended by itself, which comes before whatever else is asked of it. One
 * that nobody has really begun is called off, and counts for nobody; so does one that both have left at once.
 */
export function expire(game: Game, now: number): Game {
  const due = dueAt(game)
  if (due === null || due > now) return game
  if (isOpening(game.moves)) return finish(game, 'withdrawn', null, due)
  if (turnEnds(game) === due) return finish(game, 'time', otherThan(seatOf(game.moves.length)), due)
  const gone = game.seats.flatMap(({ awaySince }, number) => (awaySince === due - seatKeptFor ? [number] : []))
  return finish(game, 'left', gone.length > 1 ? null : otherThan(gone[0] === 0 ? 0 : 1), due)
}

/** Refuses with `conflict` out of turn or for another number, and with `invalid` for a full column. */
export function play(
  game: Game,
  seat: Seat,
  { column, number }: { column: number; number: number },
  now: number,
): Game {
  if (seatOf(game.moves.length) !== seat) refuse('conflict', 'It is not your turn.')
  if (number !== game.moves.length) refuse('conflict', 'The game has gone on meanwhile. Look at the board again.')
  if (freeIn(game.moves, column) === 0) refuse('invalid', `Column ${column + 1} is full. Choose another.`)
  const spent = isOpening(game.moves) || game.turnSince === null ? null : now - game.turnSince
  const seats = game.seats.map((one, nth) =>
    nth === seat && spent !== null ? { ...one, left: one.left - spent + game.increment } : one,
  )
  const moves = `${game.moves}${column}`
  // Who moves on leaves the other's offer where it was.
  const drawOfferedBy = game.drawOfferedBy === seat ? seat : null
  const moved: Game = { ...game, moves, seats, drawOfferedBy, turnSince: now }
  const outcome = outcomeOf(moves)
  return outcome ? finish(moved, outcome.winner === null ? 'full' : 'four', outcome.winner, now) : moved
}

/** Time that nobody watched, from `since` on, is on nobody's clock and on nobody's seat. */
export function uncharge(game: Game, since: number, now: number): Game {
  const later = (moment: number | null) =>
    moment === null ? null : moment + Math.max(0, now - Math.max(since, moment))
  return {
    ...game,
    turnSince: later(game.turnSince),
    seats: game.seats.map((seat) => ({ ...seat, awaySince: later(seat.awaySince) })),
  }
}
