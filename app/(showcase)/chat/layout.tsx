import type { ReactNode } from 'react'
import { RoomsFrame } from '#components/rooms/rooms-frame'
import { requireSession } from '#server/auth/guard'
import { openRooms } from '#server/models/room-list'

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const { user } = await requireSession()
  return (
    <RoomsFrame me={user} initial={await openRooms(user)}>
      {children}
    </RoomsFrame>
  )
}
