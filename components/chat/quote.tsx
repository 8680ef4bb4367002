import type { Message } from '#channels/chat'

interface QuoteProps {
  /** The number of the message that is answered, and the message once it is here. */
  number: number
  quoted: Message | undefined
  active: boolean
  onJump: (number: number) => void
}

/** One line of what is answered; a press leads to it. */
export function Quote({ number, quoted, active, onJump }: QuoteProps) {
  return (
    <button
      type="button"
      tabIndex={active ? 0 : -1}
      onClick={() => onJump(number)}
      className="my-0.5 flex max-w-full gap-1.5 border-l-2 border-line-strong pl-2 text-left text-xs text-ink-3 hover:border-accent hover:text-ink-2"
    >
      <span className="sr-only">In answer to</span>
      {quoted ? <QuotedText message={quoted} /> : <span>a message that is still loading</span>}
    </button>
  )
}

export function QuotedText({ message: { author, body, deletedAt } }: { message: Message }) {
  return (
    <>
      <b className="shrink-0 font-medium text-ink-2">{author.name}</b>
      <span className={`truncate ${deletedAt === null ? '' : 'italic'}`}>
        {deletedAt === null ? body : 'Message deleted'}
      </span>
    </>
  )
}
