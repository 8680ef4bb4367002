'use client'

import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ChatKind } from '#channels/chat'
import type { UserRef } from '#channels/user'
import { Button } from '#components/ui/button'
import { DirectDialog } from './direct-dialog'
import { groupTitles } from './list-rooms'
import { OpenRoomDialog } from './open-room-dialog'
import { RoomLink } from './room-link'
import { useRoomList } from './rooms-provider'
import { SearchDialog } from './search-dialog'

interface RoomListProps {
  me: UserRef
  current: string | undefined
  onNavigate?: () => void
}

const kinds = ['public', 'private', 'direct'] as const
const empty: Record<ChatKind, string> = {
  public: 'No rooms yet.',
  private: 'Nobody has let you into one yet.',
  direct: 'Write to one person alone.',
}

/** The rooms in three groups, each by name, those with something unread in bold. */
export function RoomList({ me, current, onNavigate }: RoomListProps) {
  const { entries, status } = useRoomList()
  const starts: Partial<Record<ChatKind, ReactNode>> = {
    public: <OpenRoomDialog onOpened={onNavigate} />,
    direct: <DirectDialog onOpened={onNavigate} />,
  }
  return (
    <nav aria-label="Rooms" data-status={status} className="flex min-h-0 flex-1 flex-col">
      <div className="px-3 pt-3 pb-1">
        <SearchDialog me={me} onFound={onNavigate}>
          <Button className="w-full justify-start text-ink-3" icon={<Search aria-hidden className="size-3.5" />}>
            Search messages
          </Button>
        </SearchDialog>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
        {kinds.map((kind) => {
          const members = entries.filter((room) => room.kind === kind)
          return (
            <section key={kind} aria-label={groupTitles[kind]}>
              <div className="flex h-8 items-center justify-between pt-1 pl-2">
                <h2 className="text-xs font-medium text-ink-3">{groupTitles[kind]}</h2>
                {starts[kind]}
              </div>
              {members.length === 0 && <p className="px-2 py-1 text-xs text-ink-3">{empty[kind]}</p>}
              <ul className="grid grid-cols-1 gap-0.5">
                {members.map((room) => (
                  <li key={room.key}>
                    <RoomLink room={room} current={room.key === current} onNavigate={onNavigate} />
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
      </div>
    </nav>
  )
}
