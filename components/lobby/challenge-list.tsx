import { Swords } from 'lucide-react'
import type { Challenge } from '#channels/lobby'
import type { UserRef } from '#channels/user'
import { timeName } from '#components/game/game-words.ts'
import { Avatar } from '#components/ui/avatar'
import { EmptyState } from '#components/ui/empty-state'
import { AnswerButtons } from './answer-buttons'
import type { Lobby } from './use-lobby'

/** Those to this person first, then what anyone may take, then their own. */
export function ChallengeList({ me, lobby }: { me: UserRef; lobby: Lobby }) {
  const rank = ({ challenger, invited }: Challenge) => (invited?.id === me.id ? 0 : challenger.id === me.id ? 2 : 1)
  const challenges = lobby.challenges.toSorted((one, other) => rank(one) - rank(other) || one.at - other.at)
  if (challenges.length === 0) {
    return (
      <EmptyState icon={<Swords />} title="Nobody is waiting for an opponent">
        Challenge anyone, or one person, who is told of it wherever they are. To try it alone, sign in as somebody else
        in a second browser or a private window.
      </EmptyState>
    )
  }
  return (
    <ul aria-label="Challenges" className="-my-2 divide-y divide-line">
      {challenges.map((challenge) => (
        <li key={challenge.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
          <Avatar name={challenge.challenger.name} />
          <div className="min-w-0 flex-1 basis-40">
            <p className="text-md">{titleOf(challenge, me)}</p>
            <p className="text-xs text-ink-3 tabular-nums">
              {timeName(challenge)}, {firstOf(challenge, me)}
            </p>
          </div>
          <AnswerButtons me={me} challenge={challenge} lobby={lobby} />
        </li>
      ))}
    </ul>
  )
}

function titleOf({ challenger, invited }: Challenge, me: UserRef): string {
  if (challenger.id === me.id) return `You challenge ${invited?.name ?? 'anyone'}`
  return `${challenger.name} challenges ${invited ? 'you' : 'anyone'}`
}

function firstOf({ challenger, first }: Challenge, me: UserRef): string {
  if (first === 'random') return 'first move drawn by lot'
  const mine = challenger.id === me.id
  if (first === 'me') return mine ? 'you play first' : `${challenger.name} plays first`
  return mine ? 'they play first' : 'you play first'
}
