import { Hash, Lock, UserRound } from 'lucide-react'
import { Link } from '#components/ui/link'
import type { ListedRoom } from './list-rooms'

interface RoomLinkProps {
  room: ListedRoom
  current: boolean
  onNavigate?: () => void
}

const most = 99
const icons = { public: Hash, private: Lock, direct: UserRound }

export function RoomLink({ room: { key, kind, name, topic, unread }, current, onNavigate }: RoomLinkProps) {
  // What comes into the room one looks at is read as it comes; a count that flashes up would only be noise.
  const count = current ? 0 : unread
  return (
    <Link
      href={`/chat/${key}`}
      onClick={onNavigate}
      title={topic || undefined}
      aria-current={current ? 'page' : undefined}
      data-unread={count || undefined}
      className="target flex h-8 items-center gap-2 rounded-sm border border-transparent px-2 text-sm text-ink-2 hover:bg-line/50 hover:text-ink aria-[current]:border-line aria-[current]:bg-panel aria-[current]:font-medium aria-[current]:text-ink data-unread:font-semibold data-unread:text-ink"
    >
      <Sign kind={kind} />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {count > 0 && (
        <span className="shrink-0 rounded-full bg-accent px-1.5 text-xs leading-4.5 font-medium text-accent-ink tabular-nums">
          {count > most ? `${most}+` : count}
          <span className="sr-only"> unread</span>
        </span>
      )}
    </Link>
  )
}

function Sign({ kind }: Pick<ListedRoom, 'kind'>) {
  const Icon = icons[kind]
  return <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
}
