import { lobby, ownLobby } from '#channels/lobby'
import { accept, challenge, decline, withdraw } from '#server/models/game-challenge'
import { readLobby, requireLobby } from '#server/models/lobby'
import { type RoomContext, serve } from '#server/realtime/serve'
import { refuse } from '#server/refusal'

export const serveLobby = serve(lobby, {
  authorize: ({ session, room }) => requireLobby(session.user, room),
  state: ({ session, room }) => readLobby(session.user, room),
  calls: {
    challenge: (context, input) => challenge(own(context), input),
    accept: (context, { id }) => accept(own(context), id),
    decline: (context, { id }) => decline(own(context), id),
    withdraw: (context, { id }) => withdraw(own(context), id),
  },
})

function own({ session, room }: RoomContext): RoomContext['session']['user'] {
  if (room !== ownLobby(session.user.id)) refuse('forbidden', 'This is asked in one’s own room.')
  return session.user
}
