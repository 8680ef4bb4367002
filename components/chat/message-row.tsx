import type { ReactNode } from 'react'
import type { Message } from '#channels/chat'
import type { UserRef } from '#channels/user'
import { Avatar } from '#components/ui/avatar'
import { LocalTime } from '#components/ui/local-time'
import type { Unconfirmed } from './outbox'

interface MessageRowProps {
  message: Message
  mine: boolean
  /** Under the name of the message above it. */
  continues: boolean
}

export function MessageRow({ message, mine, continues }: MessageRowProps) {
  const { author, body, at } = message
  return (
    <Row
      name={author.name}
      note={mine ? 'you' : undefined}
      when={<LocalTime at={at} />}
      continues={continues}
      state="sent"
    >
      <Body>{body}</Body>
    </Row>
  )
}

interface UnconfirmedRowProps {
  me: UserRef
  entry: Unconfirmed
  onSendAgain: () => void
  onDiscard: () => void
}

export function UnconfirmedRow({ me, entry, onSendAgain, onDiscard }: UnconfirmedRowProps) {
  return (
    <Row
      name={me.name}
      note="you"
      when={entry.failure ? 'not sent' : 'sending'}
      state={entry.failure ? 'failed' : 'pending'}
    >
      <Body className={entry.failure ? '' : 'text-ink-3'}>{entry.body}</Body>
      {entry.failure && (
        <p role="alert" className="text-xs text-danger">
          Not sent: {entry.failure.charAt(0).toLowerCase() + entry.failure.slice(1)}{' '}
          <button type="button" className="target underline underline-offset-2" onClick={onSendAgain}>
            Send again
          </button>{' '}
          <button type="button" className="target underline underline-offset-2" onClick={onDiscard}>
            Discard
          </button>
        </p>
      )}
    </Row>
  )
}

interface RowProps {
  name: string
  note?: string
  when: ReactNode
  continues?: boolean
  state: 'sent' | 'pending' | 'failed'
  children: ReactNode
}

function Row({ name, note, when, continues, state, children }: RowProps) {
  return (
    <li
      data-state={state}
      className={`group grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 ${continues ? 'pt-0.5' : 'pt-3'}`}
    >
      {continues ? (
        <span className="pt-0.5 text-[0.625rem] text-ink-3 opacity-0 group-hover:opacity-100">{when}</span>
      ) : (
        <Avatar name={name} />
      )}
      <div className="min-w-0">
        <p className={continues ? 'sr-only' : 'flex items-baseline gap-2 text-xs text-ink-3'}>
          <b className="text-sm font-semibold text-ink">{name}</b>
          {note && <span>{note}</span>}
          {!continues && when}
        </p>
        {children}
      </div>
    </li>
  )
}

function Body({ className = '', children }: { className?: string; children: string }) {
  return <p className={`max-w-[68ch] break-words whitespace-pre-wrap ${className}`}>{children}</p>
}
