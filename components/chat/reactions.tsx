import type { Message } from '#channels/chat'
import { type MessageActs, namesInWords } from './message-acts'

interface ReactionsProps {
  me: { id: string }
  message: Message
  active: boolean
  onReact: MessageActs['onReact']
}

/** How often each was given and by whom; a press gives one's own or takes it back. */
export function Reactions({ me, message, active, onReact }: ReactionsProps) {
  if (message.reactions.length === 0) return null
  return (
    <div className="flex flex-wrap gap-1 pt-1">
      {message.reactions.map(({ emoji, by }) => {
        const own = by.some(({ id }) => id === me.id)
        const names = namesInWords(by.map(({ id, name }) => (id === me.id ? 'you' : name)))
        return (
          <button
            key={emoji}
            type="button"
            tabIndex={active ? 0 : -1}
            aria-pressed={own}
            aria-label={`${emoji} ${by.length}, ${names}`}
            title={names}
            onClick={() => onReact(message, emoji, !own)}
            className="target inline-flex h-6 items-center justify-center gap-1.5 rounded-full border border-line bg-panel px-2 text-xs text-ink-2 tabular-nums hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          >
            <span aria-hidden>{emoji}</span>
            {by.length}
          </button>
        )
      })}
    </div>
  )
}
