import { useState } from 'react'
import type { UserRef } from '#channels/user'
import { Avatar } from '#components/ui/avatar'
import { Button } from '#components/ui/button'

interface MemberRowProps {
  member: UserRef
  owner: boolean
  self: boolean
  removable: boolean
  busy: boolean
  onRemove: () => void
}

/** One in the room. Taking someone out asks once, in its place. */
export function MemberRow({ member, owner, self, removable, busy, onRemove }: MemberRowProps) {
  const [asks, setAsks] = useState(false)
  const verb = self ? 'Leave' : 'Remove'
  return (
    <li className="flex min-h-9 items-center gap-2 rounded-sm px-1">
      <Avatar name={member.name} size="sm" />
      <span className="min-w-0 flex-1 truncate text-sm">
        {member.name}
        {(self || owner) && (
          <span className="pl-2 text-xs text-ink-3">
            {[self && 'you', owner && 'owner'].filter(Boolean).join(', ')}
          </span>
        )}
      </span>
      {removable && !asks && (
        <Button
          variant="ghost"
          size="sm"
          aria-label={`${verb} ${self ? 'the room' : member.name}`}
          onClick={() => setAsks(true)}
        >
          {verb}
        </Button>
      )}
      {removable && asks && (
        <>
          <Button variant="ghost" size="sm" onClick={() => setAsks(false)}>
            Keep
          </Button>
          <Button
            variant="danger"
            size="sm"
            busy={busy}
            autoFocus
            aria-label={`${verb} ${self ? 'the room' : member.name} now`}
            onClick={onRemove}
          >
            {verb}
          </Button>
        </>
      )}
    </li>
  )
}
