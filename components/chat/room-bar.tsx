import { Search } from 'lucide-react'
import { RoomsSheet } from '#components/rooms/rooms-sheet'
import { SearchDialog } from '#components/rooms/search-dialog'
import { IconButton } from '#components/ui/icon-button'
import { MembersDialog } from './members-dialog'
import type { Me } from './message-rights'
import type { Chat } from './use-chat'

/** Under the header: what the room is about and who is in it; where the list of rooms is folded away, the way to it. */
export function RoomBar({ me, room, members, ask }: { me: Me } & Pick<Chat, 'room' | 'members' | 'ask'>) {
  const about = room.kind === 'direct' ? 'Only the two of you can read this.' : room.topic
  const nothing = about === '' && room.kind !== 'private'
  return (
    <div
      className={`flex min-h-9 shrink-0 items-center gap-2 border-b border-line bg-panel px-4 py-0.5 text-xs text-ink-3 wide:px-6 ${nothing ? 'min-[60rem]:hidden' : ''}`}
    >
      <RoomsSheet me={me} current={room.key} />
      <p className="min-w-0 flex-1 truncate max-wide:sr-only">{about}</p>
      <span className="flex-1 wide:hidden" />
      {room.kind === 'private' && <MembersDialog me={me} room={room} members={members} ask={ask} />}
      <div className="-mr-2 min-[60rem]:hidden">
        <SearchDialog me={me}>
          <IconButton label="Search messages" icon={<Search />} />
        </SearchDialog>
      </div>
    </div>
  )
}
