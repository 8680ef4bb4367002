import type { SearchHit } from '#channels/rooms'
import { roomName } from '#components/chat/room-name.ts'
import { Link } from '#components/ui/link'
import { LocalTime } from '#components/ui/local-time'

interface SearchHitLinkProps {
  hit: SearchHit
  mine: boolean
  onFollow: () => void
}

/** Leads to the message in its room. */
export function SearchHitLink({ hit: { room, message, snippet }, mine, onFollow }: SearchHitLinkProps) {
  // The parts have no ids, and never change their order.
  const parts = snippet.map((part, index) => ({ ...part, key: `${index} ${part.text}` }))
  return (
    <Link
      href={`/chat/${room.key}?message=${message.number}`}
      onClick={onFollow}
      className="block rounded-sm px-2 py-2 hover:bg-line/50 focus-visible:-outline-offset-2"
    >
      <span className="flex flex-wrap items-baseline gap-x-2 text-xs text-ink-3">
        <b className="text-sm font-semibold text-ink">{message.author.name}</b>
        {mine && <span>you</span>}
        <span>in {roomName(room)}</span>
        <LocalTime at={message.at} form="datetime" />
      </span>
      <span className="block text-sm break-words text-ink-2">
        {parts.map(({ key, text, mark }) =>
          mark ? (
            <mark key={key} className="rounded-sm bg-warn-soft px-0.5 text-ink">
              {text}
            </mark>
          ) : (
            <span key={key}>{text}</span>
          ),
        )}
      </span>
    </Link>
  )
}
