'use client'

import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import type { UserRef } from '#channels/user'
import { Button } from '#components/ui/button'
import { Sheet } from '#components/ui/sheet'
import { RoomList } from './room-list'
import { useRoomList } from './rooms-provider'

/** The list of rooms where there is no place beside the room. Open for one room only, so that any navigation closes it. */
export function RoomsSheet({ me, current }: { me: UserRef; current: string }) {
  const [openAt, setOpenAt] = useState<string>()
  const { entries } = useRoomList()
  const unread = entries.filter((room) => room.key !== current && room.unread > 0).length
  return (
    <Sheet
      title="Rooms"
      open={openAt === current}
      onOpenChange={(open) => setOpenAt(open ? current : undefined)}
      trigger={
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2 min-[60rem]:hidden"
          icon={<MessagesSquare aria-hidden className="size-4" />}
        >
          Rooms
          {unread > 0 && (
            <span className="rounded-full bg-accent px-1.5 text-xs leading-4.5 text-accent-ink tabular-nums">
              {unread}
              <span className="sr-only"> with unread messages</span>
            </span>
          )}
        </Button>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col pt-11">
        <RoomList me={me} current={current} onNavigate={() => setOpenAt(undefined)} />
      </div>
    </Sheet>
  )
}
