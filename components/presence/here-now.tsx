'use client'

import type { PresencePaint } from '#channels/presence'
import type { UserRef } from '#channels/user'
import { Avatar } from '#components/ui/avatar'
import { hereInWords } from './people'
import { usePresence } from './use-presence'

export interface HereNowProps {
  /** The presence room; see `presenceRoom`. */
  room: string
  me: UserRef
  initial: PresencePaint
  /** What to say of someone who is on a part of the page, by its name: `{ composer: 'at the message box' }`. */
  parts?: Record<string, string>
}

const mostShown = 3

/** Who is here, by name; of a crowd the first three and the number of the others. Whoever looks elsewhere is dimmed. */
export function HereNow({ room, me, initial, parts = {} }: HereNowProps) {
  const { people, others, status } = usePresence(room, { me, initial })
  const shown = people.slice(0, mostShown)
  const more = people.length - shown.length + others
  return (
    <ul
      aria-label={hereInWords(
        shown.map(({ user }) => user.name),
        more,
      )}
      data-status={status}
      className="flex shrink-0 items-center gap-2 text-sm wide:gap-4"
    >
      {shown.map(({ user, tabs, idle, parts: names }) => {
        const place = names.flatMap((name) => parts[name] ?? []).join(', ')
        return (
          <li
            key={user.id}
            title={place || undefined}
            className={`flex animate-appear items-center gap-1.5 ${idle ? 'text-ink-3' : 'text-ink-2'}`}
          >
            <Avatar name={user.name} size="sm" presence={idle ? 'idle' : 'here'} />
            <span className="max-wide:sr-only">{tabs > 1 ? `${user.name}, ${tabs} tabs` : user.name}</span>
            {place && <span className="sr-only">{place}</span>}
          </li>
        )
      })}
      {more > 0 && <li className="text-ink-3 tabular-nums">+{more}</li>}
    </ul>
  )
}
