import { Lock } from 'lucide-react'
import type { ChatState } from '#channels/chat'
import type { UserRef } from '#channels/user'
import { nameOf } from './room-name'

/** `# general`; a private room with a lock, a direct one by the other's name. */
export function RoomTitle({ me, room, members }: { me: UserRef } & Pick<ChatState, 'room' | 'members'>) {
  const name = nameOf({ room, members }, me)
  if (room.kind === 'public') return `# ${name}`
  if (room.kind === 'direct') return name
  return (
    <>
      <Lock aria-label="Private" className="mr-1.5 inline size-4 align-[-0.125em] text-ink-3" />
      {name}
    </>
  )
}
