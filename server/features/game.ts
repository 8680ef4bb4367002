import { games } from '#channels/game'
import { readGame } from '#server/models/game'
import { answerDraw, offerDraw, playMove, resign } from '#server/models/game-play'
import { rematch } from '#server/models/game-rematch'
import { serve } from '#server/realtime/serve'

export const serveGame = serve(games, {
  authorize: async ({ session, room }) => {
    await readGame(session.user, room)
  },
  state: ({ session, room }) => readGame(session.user, room),
  calls: {
    move: ({ session, room }, input) => playMove(session.user, room, input),
    resign: ({ session, room }) => resign(session.user, room),
    offerDraw: ({ session, room }) => offerDraw(session.user, room),
    answerDraw: ({ session, room }, input) => answerDraw(session.user, room, input),
    rematch: ({ session, room }) => rematch(session.user, room),
  },
})
