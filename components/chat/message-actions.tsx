import { Reply } from 'lucide-react'
import { emojis, type Message } from '#channels/chat'
import { givenBy, type MessageActs } from './message-acts'
import { MessageMenu } from './message-menu'
import type { Me } from './message-rights'

interface MessageActionsProps {
  me: Me
  message: Message
  acts: MessageActs
  /** The row has the focus, or holds it: its buttons are within reach of Tab. */
  active: boolean
}

const quick = [emojis[0], emojis[7], emojis[1]]

/** At the upper corner of a row while a mouse or the focus is on it; for a finger one button is always there. */
export function MessageActions({ me, message, acts, active }: MessageActionsProps) {
  const tabIndex = active ? 0 : -1
  const given = givenBy(me.id, message)
  const look =
    'grid size-7 place-items-center rounded-sm text-ink-3 hover:bg-line/60 hover:text-ink aria-pressed:bg-accent-soft pointer-coarse:hidden [&_svg]:size-4'
  return (
    <div className="absolute -top-3.5 right-1 flex rounded-sm border border-line bg-panel p-0.5 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:top-0 pointer-coarse:right-0 pointer-coarse:border-0 pointer-coarse:bg-transparent pointer-coarse:p-0 pointer-coarse:opacity-100">
      {quick.map((emoji) => (
        <button
          key={emoji}
          type="button"
          tabIndex={tabIndex}
          aria-label={`React with ${emoji}`}
          aria-pressed={given.includes(emoji)}
          onClick={() => acts.onReact(message, emoji, !given.includes(emoji))}
          className={look}
        >
          {emoji}
        </button>
      ))}
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label="Reply"
        title="Reply"
        onClick={() => acts.onReply(message)}
        className={look}
      >
        <Reply aria-hidden />
      </button>
      <MessageMenu me={me} message={message} acts={acts} tabIndex={tabIndex} />
    </div>
  )
}
