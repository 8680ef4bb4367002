'use client'

import { useParams } from 'next/navigation'
import type { ReactNode } from 'react'
import type { RoomLists } from '#channels/rooms'
import type { UserRef } from '#channels/user'
import { RoomList } from './room-list'
import { RoomsProvider } from './rooms-provider'

interface RoomsFrameProps {
  me: UserRef
  initial: RoomLists
  children: ReactNode
}

/** The list beside the room; on a phone it comes over it instead (RoomsSheet). */
export function RoomsFrame({ me, initial, children }: RoomsFrameProps) {
  const current = useRoomKey()
  return (
    <RoomsProvider me={me} initial={initial}>
      <div className="flex min-h-0 flex-1">
        <div className="hidden w-56 shrink-0 flex-col border-r border-line bg-page min-[60rem]:flex">
          <RoomList me={me} current={current} />
        </div>
        <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      </div>
    </RoomsProvider>
  )
}

/** The room in the address. */
function useRoomKey(): string | undefined {
  const { room } = useParams<{ room?: string }>()
  return room
}
