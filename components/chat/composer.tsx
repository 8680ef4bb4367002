import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { UserRef } from '#channels/user'
import type { RoomStatus } from '#components/realtime/room'
import { Button } from '#components/ui/button'
import { useAlive } from '#components/ui/use-alive.ts'
import { ComposerNote } from './composer-note'
import { MentionList, optionId } from './mention-list'
import { typingWords } from './typing-words'
import { useMentions } from './use-mentions'
import type { Writing } from './use-writing'

interface ComposerProps {
  title: string
  status: RoomStatus
  typing: string[]
  writing: Writing
  /** Who can be called with `@`; undefined where everyone can. */
  members: UserRef[] | undefined
  onType: () => void
  onEditLast: () => void
}

/** At most one typing sign in this time, in milliseconds. */
const signEvery = 2_000

/** Enter sends, Shift+Enter breaks the line. What cannot be sent stays in the box, with why. */
export function Composer({ title, status, typing, writing, members, onType, onEditLast }: ComposerProps) {
  const { text, error, editing, replyTo } = writing
  const [caret, setCaret] = useState(0)
  const lastSign = useRef(0)
  const box = useRef<HTMLTextAreaElement>(null)
  const id = useId()

  // What is typed into plain HTML would be lost to React.
  const alive = useAlive()

  const mentions = useMentions({
    text,
    caret,
    members,
    onComplete: (completed, place) => {
      writing.change(completed)
      setCaret(place)
      // After React has put the text in, which takes the caret to its end.
      queueMicrotask(() => box.current?.setSelectionRange(place, place))
    },
  })

  // One that begins to change or answer a message goes on writing here.
  useEffect(() => {
    if (!editing && !replyTo) return
    const { current } = box
    current?.focus()
    current?.setSelectionRange(current.value.length, current.value.length)
  }, [editing, replyTo])

  function change(value: string) {
    writing.change(value)
    if (editing || value.trim() === '' || Date.now() - lastSign.current < signEvery) return
    lastSign.current = Date.now()
    onType()
  }

  function send() {
    box.current?.focus()
    if (writing.submit()) lastSign.current = 0
  }

  function press(event: KeyboardEvent) {
    // While an input method composes a character, Enter accepts it.
    if (event.nativeEvent.isComposing) return
    if (mentions.press(event)) event.preventDefault()
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') writing.cancel()
    else if (event.key === 'ArrowUp' && text === '' && !editing) {
      event.preventDefault()
      onEditLast()
    }
  }

  return (
    <form
      data-part="composer"
      className="relative shrink-0 border-t border-line bg-panel px-4 pb-4 wide:px-6"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <MentionList id={`${id}-people`} offered={mentions.offered} index={mentions.index} onTake={mentions.take} />
      <p
        className="h-6 truncate pt-1 text-xs text-ink-3"
        data-typing={typing.length > 0 || undefined}
        aria-live="polite"
      >
        {status === 'offline' ? 'The line is cut. What you send waits ten seconds for it.' : typingWords(typing)}
      </p>
      <div className="grid gap-1 rounded-md border border-line-control bg-panel p-1.5 focus-within:outline-2 focus-within:outline-accent has-aria-invalid:border-danger">
        <ComposerNote writing={writing} />
        <div className="flex items-end gap-2">
          <label htmlFor={id} className="sr-only">
            Message {title}
          </label>
          <textarea
            ref={box}
            id={id}
            rows={1}
            value={text}
            readOnly={!alive || status === 'ended'}
            placeholder={`Message ${title}`}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={mentions.offered.length > 0 ? `${id}-people` : undefined}
            aria-activedescendant={mentions.offered.length > 0 ? optionId(`${id}-people`, mentions.index) : undefined}
            onChange={(event) => {
              change(event.target.value)
              setCaret(event.target.selectionStart)
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onKeyDown={press}
            className="field-text field-sizing-content max-h-[33dvh] min-h-8 min-w-0 flex-1 resize-none px-1.5 py-1.5 placeholder:text-ink-3 focus-visible:outline-none"
          />
          <Button type="submit" variant="primary" busy={writing.busy} disabled={!alive || status === 'ended'}>
            {editing ? 'Save' : 'Send'}
          </Button>
        </div>
      </div>
      {error && (
        <p id={`${id}-error`} role="alert" className="pt-1.5 text-xs text-danger">
          {error} {text.length > 2_000 && `This has ${text.length.toLocaleString('en')}.`}
        </p>
      )}
    </form>
  )
}
