import type { ReactNode } from 'react'
import { Avatar } from '#components/ui/avatar'

interface RowFrameProps {
  name: string
  note?: ReactNode
  when: ReactNode
  /** Under the name of the message above it. */
  continues?: boolean
  children: ReactNode
}

/** Who, when and what; of a message that goes on, the time is seen under the mouse. */
export function RowFrame({ name, note, when, continues, children }: RowFrameProps) {
  return (
    <>
      {continues ? (
        <span className="pt-0.5 text-[0.625rem] text-ink-3 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100">
          {when}
        </span>
      ) : (
        <Avatar name={name} />
      )}
      <div className="min-w-0">
        <p className={continues ? 'sr-only' : 'flex items-baseline gap-2 text-xs text-ink-3'}>
          <b className="truncate text-sm font-semibold text-ink">{name}</b>
          {note && <span>{note}</span>}
          {!continues && when}
        </p>
        {children}
      </div>
    </>
  )
}

export const rowGrid = 'grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3'
export const bodyText = 'max-w-[68ch] break-words whitespace-pre-wrap'
