import type { UserRef } from '#channels/user'
import { Avatar } from '#components/ui/avatar'

interface MentionListProps {
  id: string
  offered: UserRef[]
  index: number
  onTake: (user: UserRef) => void
}

/** Above the box, which keeps the focus and says by `aria-activedescendant` who is chosen. */
export function MentionList({ id, offered, index, onTake }: MentionListProps) {
  if (offered.length === 0) return null
  return (
    <div
      id={id}
      role="listbox"
      aria-label="People"
      className="raised absolute bottom-full left-4 z-10 mb-1 w-56 max-w-[calc(100%-2rem)] animate-appear rounded-md border border-line bg-panel p-1 wide:left-6"
    >
      {offered.map((user, place) => (
        <div
          key={user.id}
          id={optionId(id, place)}
          role="option"
          tabIndex={-1}
          aria-selected={place === index}
          // Before the box loses the focus to it.
          onPointerDown={(event) => {
            event.preventDefault()
            onTake(user)
          }}
          className="target flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm hover:bg-line/50 aria-selected:bg-line/60"
        >
          <Avatar name={user.name} size="sm" />
          <span className="truncate">{user.name}</span>
        </div>
      ))}
    </div>
  )
}

export const optionId = (list: string, place: number) => `${list}-${place}`
