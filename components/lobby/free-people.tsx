import { lobby } from '#channels/lobby'
import { type PresencePaint, presenceRoom } from '#channels/presence'
import type { UserRef } from '#channels/user'
import { usePresence } from '#components/presence/use-presence.ts'
import { Avatar } from '#components/ui/avatar'
import { Button } from '#components/ui/button'

interface FreePeopleProps {
  me: UserRef
  initial: PresencePaint
  onPick: (user: UserRef) => void
}

/** Who has the lobby open, and so is free to play. */
export function FreePeople({ me, initial, onPick }: FreePeopleProps) {
  const { people, others } = usePresence(presenceRoom(lobby, 'all'), { me, initial })
  const free = people.filter(({ user }) => user.id !== me.id)
  if (free.length === 0) return <p className="text-sm text-ink-3">Nobody else is in the lobby just now.</p>
  return (
    <>
      <ul aria-label="In the lobby" className="-my-1.5 divide-y divide-line">
        {free.map(({ user, idle }) => (
          <li key={user.id} className="flex items-center gap-3 py-1.5">
            <Avatar name={user.name} size="sm" presence={idle ? 'idle' : 'here'} />
            <span className="min-w-0 flex-1 truncate text-sm">{user.name}</span>
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Choose ${user.name} as opponent`}
              onClick={() => onPick(user)}
            >
              Choose
            </Button>
          </li>
        ))}
      </ul>
      {others > 0 && <p className="mt-2 text-sm text-ink-3 tabular-nums">and {others} more</p>}
    </>
  )
}
