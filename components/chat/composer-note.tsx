import { X } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { QuotedText } from './quote'
import type { Writing } from './use-writing'

/** What the box is for, when it is not for something new. */
export function ComposerNote({ writing: { editing, replyTo, cancel } }: { writing: Writing }) {
  const message = editing ?? replyTo
  if (!message) return null
  return (
    <div className="flex items-center gap-2 border-l-2 border-accent pl-2 text-xs text-ink-3">
      <span className="shrink-0">{editing ? 'Changing' : 'In answer to'}</span>
      <span className="flex min-w-0 flex-1 gap-1.5">
        <QuotedText message={message} />
      </span>
      <IconButton
        label={editing ? 'Leave it as it was' : 'Answer nothing'}
        icon={<X />}
        className="size-6"
        onClick={cancel}
      />
    </div>
  )
}
