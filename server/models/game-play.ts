import { columnOf, type Seat, seatOf } from '#channels/connect-four'
import { type Game, type Move, move } from '#channels/game'
import { transaction } from '#server/db/transaction'
import { parseInput } from '#server/input'
import { expire, finish, otherThan, play } from '#server/models/game-course'
import { isUnwatched } from '#server/models/game-downtime'
import { lockGame } from '#server/models/game-row'
import { saveGame } from '#server/models/game-save'
import type { LiveSession } from '#server/models/session'
import { refuse } from '#server/refusal'

type Actor = LiveSession['user']
/** Gives the game as it is after, the same one when there is nothing to do, or refuses. */
type Act = (game: Game, seat: Seat, now: number) => Game

/** Drops a disc. Once more the same one is the same move. Refuses as the contract says (channels/game.ts). */
export function playMove(actor: Actor, gameId: string, input: Move): Promise<Game> {
  const { column, number } = parseInput(move, input)
  return asPlayer(actor, gameId, (game, seat, now) => {
    // Its answer was lost, and it was sent again.
    if (seatOf(number) === seat && columnOf(game.moves, number) === column) return game
    requirePlaying(game)
    return play(game, seat, { column, number }, now)
  })
}

/** Gives the game to the other. */
export function resign(actor: Actor, gameId: string): Promise<Game> {
  return asPlayer(actor, gameId, (game, seat, now) => {
    if (game.ending === 'resigned' && game.winner !== seat) return game
    requirePlaying(game)
    return finish(game, 'resigned', otherThan(seat), now)
  })
}

/** Stands until the other answers or moves; when the other has offered too, it is agreed. */
export function offerDraw(actor: Actor, gameId: string): Promise<Game> {
  return asPlayer(actor, gameId, (game, seat, now) => {
    // Its answer was lost: it stands, or it was agreed by it.
    if (game.drawOfferedBy === seat || game.ending === 'agreed') return game
    requirePlaying(game)
    if (game.drawOfferedBy !== null) return finish(game, 'agreed', null, now)
    return { ...game, drawOfferedBy: seat }
  })
}

/** Refuses with `conflict` when the other has offered none to accept; to decline one that is gone changes nothing. */
export function answerDraw(actor: Actor, gameId: string, { accept }: { accept: boolean }): Promise<Game> {
  return asPlayer(actor, gameId, (game, seat, now) => {
    if (accept && game.ending === 'agreed') return game
    requirePlaying(game)
    const stands = game.drawOfferedBy === otherThan(seat)
    if (!accept) return stands ? { ...game, drawOfferedBy: null } : game
    return stands ? finish(game, 'agreed', null, now) : refuse('conflict', 'No draw is offered any more.')
  })
}

/**
 * Carries out what a player asks, one after the other, and by the database's clock. Refuses others with `forbidden`. A
 * game whose time has come ends first, for good; what was asked then meets a game that is over.
 */
async function asPlayer(actor: Actor, gameId: string, act: Act): Promise<Game> {
  const { game, seat, now, changed } = await transaction(async (tx) => {
    const { game, now } = await lockGame(tx, gameId)
    const seat = seatIn(game, actor)
    const expired = expire(game, now)
    if (expired !== game) {
      if (await isUnwatched(tx, now)) refuse('unavailable', 'The server has only just come back. Try again.')
      return { game: await saveGame(tx, game, expired), seat, now, changed: false }
    }
    const after = act(game, seat, now)
    return { game: after === game ? game : await saveGame(tx, game, after), seat, now, changed: true }
  })
  return changed ? game : act(game, seat, now)
}

/** Refuses with `forbidden` for a person who does not play, and with `conflict` for a game that has no players yet. */
export function seatIn({ state, seats }: Game, { id }: Actor): Seat {
  if (state === 'open') refuse('conflict', 'This game has not begun.')
  const number = seats.findIndex(({ user }) => user.id === id)
  if (number < 0) refuse('forbidden', 'Only the two players may do this.')
  return number === 0 ? 0 : 1
}

function requirePlaying({ state, ending }: Game): void {
  if (state !== 'playing') refuse('conflict', ending === 'time' ? 'The time was up.' : 'The game is over.')
}
