import { DoorOpen } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Refused } from '#channels/wire'
import { buttonClass } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { Link } from '#components/ui/link'

interface RoomGoneProps {
  name: string
  direct: boolean
  refusal: Refused | undefined
}

/** In the place of a room one may not read any more: nothing of it stays, and it says where to go. */
export function RoomGone({ name, direct, refusal }: RoomGoneProps) {
  const onward = useRef<HTMLAnchorElement>(null)
  // What had the focus is gone with the room.
  useEffect(() => onward.current?.focus(), [])

  if (refusal?.code !== 'not-found') {
    return (
      <ErrorState title="This room cannot be shown." onRetry={() => window.location.reload()}>
        {refusal?.message}
      </ErrorState>
    )
  }
  return (
    <div role="alert">
      <EmptyState
        icon={<DoorOpen />}
        title={direct ? `You cannot write to ${name} here any more` : `You are no longer in ${name}`}
        action={
          <Link ref={onward} href="/chat" className={buttonClass({ variant: 'primary' })}>
            Go to another room
          </Link>
        }
      >
        Its messages are gone from this screen. Its owner can let you in again.
      </EmptyState>
    </div>
  )
}
