import { Hash } from 'lucide-react'
import Link from 'next/link'

export interface RoomLink {
  key: string
  title: string
  topic: string
}

/** A rail beside the room; on a phone a line above it. */
export function RoomList({ rooms, current }: { rooms: RoomLink[]; current: string }) {
  return (
    <nav
      aria-label="Rooms"
      className="flex shrink-0 gap-1 overflow-x-auto border-b border-line bg-panel px-4 py-2 wide:w-55 wide:flex-col wide:overflow-y-auto wide:border-b-0 wide:border-l wide:bg-page wide:px-3 wide:py-4"
    >
      <h2 className="px-2 pb-1 text-xs font-medium text-ink-3 max-wide:sr-only">Rooms</h2>
      {rooms.map(({ key, title, topic }) => (
        <Link
          key={key}
          href={`/chat/${key}`}
          aria-current={key === current ? 'page' : undefined}
          className="target flex shrink-0 items-center gap-1.5 rounded-sm border border-transparent px-2 py-1 text-sm text-ink-2 hover:text-ink aria-[current]:border-line aria-[current]:bg-panel aria-[current]:font-medium aria-[current]:text-ink max-wide:aria-[current]:bg-sunken wide:items-start"
        >
          <Hash aria-hidden className="size-3.5 shrink-0 text-ink-3 wide:mt-0.75" />
          <span className="min-w-0">
            <span className="block truncate">{title}</span>
            <span className="hidden text-xs font-normal text-ink-3 wide:block">{topic}</span>
          </span>
        </Link>
      ))}
    </nav>
  )
}
