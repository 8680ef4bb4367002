import { Eye } from 'lucide-react'
import type { ListedGame } from '#channels/lobby'
import type { UserRef } from '#channels/user'
import { timeName } from '#components/game/game-words.ts'
import { buttonClass } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Link } from '#components/ui/link'
import { LocalTime } from '#components/ui/local-time'

/** The games under way: one's own first. */
export function GameList({ me, games }: { me: UserRef; games: ListedGame[] }) {
  const isMine = ({ players }: ListedGame) => players.some(({ id }) => id === me.id)
  const listed = games.toSorted((one, other) => Number(isMine(other)) - Number(isMine(one)))
  if (listed.length === 0) {
    return (
      <EmptyState icon={<Eye />} title="No game is being played">
        It is listed here as soon as a challenge is accepted, and anyone may watch.
      </EmptyState>
    )
  }
  return (
    <ul aria-label="Games under way" className="-my-2 divide-y divide-line">
      {listed.map((game) => {
        const [first, second] = game.players
        const mine = isMine(game)
        return (
          <li key={game.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
            <div className="min-w-0 flex-1 basis-40">
              <p className="truncate text-md">
                {first.name} – {second.name}
              </p>
              <p className="text-xs text-ink-3 tabular-nums">
                {timeName(game)}, since <LocalTime at={game.startedAt} />
              </p>
            </div>
            <Link
              href={`/game/${game.id}`}
              aria-label={`${mine ? 'Go on with' : 'Watch'} ${first.name} – ${second.name}`}
              className={buttonClass({ size: 'sm', variant: mine ? 'primary' : 'secondary' })}
            >
              {mine ? 'Go on' : 'Watch'}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
