'use client'

import { useId, useState } from 'react'
import type { UserRef } from '#channels/user'
import { Avatar } from '#components/ui/avatar'
import { Input } from '#components/ui/input'
import { Loading, Skeleton } from '#components/ui/skeleton'
import { usePeople } from './use-people'

interface PersonPickerProps {
  label: string
  /** Not offered: they are there already. */
  without?: UserRef[]
  busy?: boolean
  onPick: (user: UserRef) => void
}

/** A name to look for, and the people it finds as buttons. */
export function PersonPicker({ label, without = [], busy, onPick }: PersonPickerProps) {
  const [text, setText] = useState('')
  const { people, failure } = usePeople(text.trim())
  const id = useId()
  const offered = people?.filter(({ id: one }) => !without.some((other) => other.id === one))
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Input
        id={id}
        type="search"
        autoComplete="off"
        placeholder="Name"
        maxLength={60}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="h-44 overflow-y-auto rounded-sm border border-line p-1" aria-busy={offered === undefined}>
        {offered === undefined && (
          <Loading label="Loading people" className="grid gap-3 p-2">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-4 w-28" />
          </Loading>
        )}
        {failure && <p className="p-2 text-sm text-danger">{failure}</p>}
        {!failure && offered?.length === 0 && <p className="p-2 text-sm text-ink-3">Nobody else of that name.</p>}
        <ul aria-label="People">
          {offered?.map((user) => (
            <li key={user.id}>
              <button
                type="button"
                disabled={busy}
                onClick={() => onPick(user)}
                className="target flex h-9 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-line/50 disabled:opacity-50"
              >
                <Avatar name={user.name} size="sm" />
                <span className="truncate">{user.name}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
