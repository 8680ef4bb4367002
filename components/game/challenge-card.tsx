import { Hourglass } from 'lucide-react'
import type { Game } from '#channels/game'
import type { LobbyRooms } from '#channels/lobby'
import type { UserRef } from '#channels/user'
import { AnswerButtons } from '#components/lobby/answer-buttons'
import { useLobby } from '#components/lobby/use-lobby.ts'
import { buttonClass } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Link } from '#components/ui/link'
import { Panel } from '#components/ui/panel'
import { standOf, timeWords } from './game-words'

/** In the place of the board while nobody has taken the challenge, and when nobody ever did. */
export function ChallengeCard({ me, game, initial }: { me: UserRef; game: Game; initial: LobbyRooms }) {
  const lobby = useLobby(me, initial)
  const { challenger, invited, state } = game
  const mine = challenger.id === me.id
  const title = mine
    ? `You challenge ${invited?.name ?? 'anyone'} to Connect Four`
    : `${challenger.name} challenges ${invited ? 'you' : 'anyone'} to Connect Four`
  return (
    <Panel title={title} about={`${timeWords(game)}.`}>
      <EmptyState
        icon={<Hourglass />}
        title={standOf(game, null)}
        action={
          state === 'open' ? (
            <AnswerButtons me={me} challenge={game} lobby={lobby} />
          ) : (
            <Link href="/game" className={buttonClass()}>
              Back to the lobby
            </Link>
          )
        }
      >
        {state === 'open' && mine && 'The game begins here as soon as someone accepts.'}
      </EmptyState>
    </Panel>
  )
}
