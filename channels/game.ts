import { z } from 'zod'
import { columns, mostMoves, movesPattern } from './connect-four'
import { defineChannel, type StateOf, stream } from './contract'
import { userRef } from './user'
import type { FirstPaint } from './wire'

/** Milliseconds since 1970, server time, within what a date can hold. */
const moment = z.int().min(0).max(8.64e15)

/** How long a seat is kept for a player none of whose tabs is in the game, in milliseconds. */
export const seatKeptFor = 60_000
/** How long a player may take for their first move, before which their clock stands still, in milliseconds. */
export const firstMoveWithin = 60_000

/** 0 plays first. */
export const seatNumber = z.literal([0, 1])

/**
 * What each has on the clock at the start, and what each move adds, in milliseconds (Fischer, US patent 4,884,255,
 * 1989). It begins to run once both have moved.
 */
export const timeControl = z.object({
  budget: z.int().min(30_000, 'At least half a minute.').max(3_600_000, 'At most an hour.'),
  increment: z.int().min(0).max(60_000, 'At most a minute for each move.'),
})
export type TimeControl = z.infer<typeof timeControl>

/** `left` is what the clock showed when the turn began, in milliseconds; `awaySince`, since when no tab of the player is here. */
export const seat = z.object({ user: userRef, left: z.int().min(0), awaySince: moment.nullable() })
export type GameSeat = z.infer<typeof seat>

/** `withdrawn` is a challenge nobody took, or a game that was called off before both had moved; it counts for nothing. */
export const ending = z.enum(['four', 'full', 'agreed', 'resigned', 'time', 'left', 'withdrawn'])
export type Ending = z.infer<typeof ending>

/**
 * A game as everybody sees it. `open` is a challenge: the seats are taken when it is accepted. `moves` are the columns
 * played, one digit each, first player first. `winner` is null while it goes on, and where nobody has won. `version`
 * counts its changes.
 */
export const game = timeControl.extend({
  id: z.uuid(),
  version: z.int().min(0),
  state: z.enum(['open', 'playing', 'over']),
  challenger: userRef,
  /** Null when anyone may take it. */
  invited: userRef.nullable(),
  seats: z.array(seat).max(2),
  moves: z.string().regex(movesPattern),
  turnSince: moment.nullable(),
  drawOfferedBy: seatNumber.nullable(),
  rematchBy: seatNumber.nullable(),
  /** The game that the rematch is. */
  rematch: z.uuid().nullable(),
  winner: seatNumber.nullable(),
  ending: ending.nullable(),
  startedAt: moment.nullable(),
  endedAt: moment.nullable(),
})
export type Game = z.infer<typeof game>

/** `number` is how many moves have been played before it. */
export const move = z.object({
  column: z
    .int('There is no such column.')
    .min(0, 'There is no such column.')
    .max(columns - 1, 'There is no such column.'),
  number: z
    .int()
    .min(0)
    .max(mostMoves - 1),
})
export type Move = z.infer<typeof move>

const nothing = z.object({})

/**
 * One game of Connect Four, in a room named by its id. Everyone who is signed in may watch; a challenge to one person
 * is `not-found` for others.
 *
 * Push: `changed` the whole game, newest version last: it is less than a kilobyte.
 *
 * Calls, for the two players alone, else `forbidden`; they answer with the game as it is then. What is refused has
 * changed nothing. All are `conflict` when the game is not in the state for it.
 * - `move` drops a disc. Sent again after a lost answer it is the same move, once. `conflict` when it is not the
 *   player's turn, when the number is another, or when their time was up; `invalid` for a column that is full or is none.
 * - `resign` gives the game to the other.
 * - `offerDraw` stands until the other answers or moves; when both offer, it is agreed. `answerDraw` answers the
 *   other's offer: `conflict` to accept one that stands no more, while to decline it changes nothing.
 * - `rematch` asks for another game with the seats swapped, or grants it when the other has asked: `rematch` in the
 *   answer is then its id, and the same for both. `conflict` too when the account of who asked has been disabled.
 *
 * A call sent again after a lost answer is answered as before and does nothing more; but a draw that was declined
 * meanwhile would be offered anew, so a screen repeats that one only when its person does.
 */
export const games = defineChannel({
  name: 'game',
  room: z.uuid().lowercase(),
  state: z.object({ game }),
  pushes: { changed: stream(game) },
  calls: {
    move: { input: move, output: game },
    resign: { input: nothing, output: game },
    offerDraw: { input: nothing, output: game, limit: { burst: 3, perSecond: 0.1 } },
    answerDraw: { input: z.object({ accept: z.boolean() }), output: game },
    rematch: { input: nothing, output: game, limit: { burst: 5, perSecond: 0.5 } },
  },
})
export type GameState = StateOf<typeof games>
export type GamePaint = FirstPaint<GameState>
