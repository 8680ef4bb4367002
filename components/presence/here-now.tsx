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
/** Beside the title of a page a phone has no room for more. */
const mostOnPhone = 2

/** Who is here, by name; of a crowd the first few and the number of the others. Whoever looks elsewhere is dimmed. */
export function HereNow({ room, me, initial, parts = {} }: HereNowProps) {
  const { people, others, status } = usePresence(room, { me, initial })
  const shown = people.slice(0, mostShown)
  const more = people.length - shown.length + others
  const moreOnPhone = more + Math.max(0, shown.length - mostOnPhone)
  return (
    <ul
      aria-label={hereInWords(
        shown.map(({ user }) => user.name),
        more,
      )}
      data-status={status}
      className="flex shrink-0 items-center gap-1 text-sm wide:gap-4"
    >
      {shown.map(({ user, tabs, idle, parts: names }, nth) => {
        const place = names.flatMap((name) => parts[name] ?? []).join(', ')
        return (
          <li
            key={user.id}
            title={place || undefined}
            className={`flex animate-appear items-center gap-1.5 ${idle ? 'text-ink-3' : 'text-ink-2'} ${nth < mostOnPhone ? '' : 'max-wide:sr-only'}`}
          >
            <Avatar name={user.name} size="sm" presence={idle ? 'idle' : 'here'} />
            <span className="max-wide:sr-only">{tabs > 1 ? `${user.name}, ${tabs} tabs` : user.name}</span>
            {place && <span className="sr-only">{place}</span>}
          </li>
        )
      })}
      {more > 0 && <li className="text-ink-3 tabular-nums max-wide:hidden">+{more}</li>}
      {moreOnPhone > 0 && (
        <li aria-hidden={more === 0} className="text-ink-3 tabular-nums wide:hidden">
          +{moreOnPhone}
        </li>
      )}
    </ul>
  )
}
