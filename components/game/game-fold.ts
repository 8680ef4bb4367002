import type { Game, GameState, games } from '#channels/game'
import type { Fold } from '#components/realtime/fold'

export const gameFold: Fold<typeof games> = {
  pushes: { changed: put },
  outputs: { move: put, resign: put, offerDraw: put, answerDraw: put, rematch: put },
}

/** The newest version, whether it comes as a push or as the answer to one's own call. */
function put(state: GameState, game: Game): GameState {
  return game.version > state.game.version ? { game } : state
}
