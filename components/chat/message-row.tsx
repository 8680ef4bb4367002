import { memo } from 'react'
import type { Message } from '#channels/chat'
import { LocalTime } from '#components/ui/local-time'
import { DayLine, NewLine } from './lines'
import { LinkedText } from './linked-text'
import { MessageActions } from './message-actions'
import type { MessageActs } from './message-acts'
import type { Me } from './message-rights'
import { Quote } from './quote'
import { Reactions } from './reactions'
import { bodyText, RowFrame, rowGrid } from './row-frame'

export interface MessageRowProps {
  me: Me
  message: Message
  quoted: Message | undefined
  newDay: boolean
  /** It is the first one not read. */
  firstNew: boolean
  /** Under the name of the message above it. */
  continues: boolean
  /** The row of the list that Tab comes to. */
  active: boolean
  /** Just jumped to. */
  lit: boolean
  acts: MessageActs
  onSeenNew: () => void
}

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { me, message, quoted, newDay, firstNew, continues, active, lit, acts, onSeenNew } = props
  const { number, author, at, deletedAt, replyTo } = message
  const deleted = deletedAt !== null
  return (
    <li data-row={number} data-state="sent" className="px-2 wide:px-4">
      {newDay && <DayLine at={at} />}
      {firstNew && <NewLine onSeen={onSeenNew} />}
      <div
        data-message={number}
        tabIndex={active ? 0 : -1}
        className={`group/row relative rounded-sm px-2 pb-0.5 hover:bg-sunken focus-visible:-outline-offset-2 pointer-coarse:min-h-11 pointer-coarse:pr-11 ${rowGrid} ${continues ? 'pt-0.5' : 'pt-2.5'} ${lit ? 'bg-accent-soft' : 'transition-colors duration-1000'}`}
      >
        <RowFrame
          name={author.name}
          note={author.id === me.id ? 'you' : undefined}
          when={<LocalTime at={at} />}
          continues={continues}
        >
          {replyTo !== null && !deleted && (
            <Quote number={replyTo} quoted={quoted} active={active} onJump={acts.onJump} />
          )}
          {deleted ? <p className="text-ink-3 italic">Message deleted</p> : <Body message={message} me={me} />}
          <Reactions me={me} message={message} active={active} onReact={acts.onReact} />
        </RowFrame>
        {!deleted && <MessageActions me={me} message={message} acts={acts} active={active} />}
      </div>
    </li>
  )
})

function Body({ message: { body, editedAt }, me }: Pick<MessageRowProps, 'message' | 'me'>) {
  return (
    <div className={bodyText}>
      <LinkedText text={body} me={me.name} />
      {editedAt !== null && (
        <span className="ml-1.5 text-xs whitespace-nowrap text-ink-3">
          edited
          <span className="sr-only">
            {' '}
            at <LocalTime at={editedAt} />
          </span>
        </span>
      )}
    </div>
  )
}
