import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { chat } from '#channels/chat'
import type { RoomStatus } from '#components/realtime/room'
import { Button } from '#components/ui/button'
import { useAlive } from '#components/ui/use-alive.ts'

interface ComposerProps {
  title: string
  status: RoomStatus
  typing: string[]
  onType: () => void
  onSend: (body: string) => void
}

const { body: bodyRule } = chat.calls.post.input.shape
/** At most one typing sign in this time, in milliseconds. */
const signEvery = 2_000

/** Enter sends, Shift+Enter breaks the line. What cannot be sent stays in the box, with why. */
export function Composer({ title, status, typing, onType, onSend }: ComposerProps) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const lastSign = useRef(0)
  const box = useRef<HTMLTextAreaElement>(null)
  const id = useId()

  // What is typed into plain HTML would be lost to React.
  const alive = useAlive()

  function change(value: string) {
    setText(value)
    setError(undefined)
    if (value.trim() === '' || Date.now() - lastSign.current < signEvery) return
    lastSign.current = Date.now()
    onType()
  }

  function send() {
    const parsed = bodyRule.safeParse(text)
    box.current?.focus()
    if (!parsed.success) return setError(parsed.error.issues.map(({ message }) => message).join(' '))
    lastSign.current = 0
    setText('')
    setError(undefined)
    onSend(parsed.data)
  }

  function press(event: KeyboardEvent) {
    // While an input method composes a character, Enter accepts it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <form
      data-part="composer"
      className="shrink-0 border-t border-line bg-panel px-4 pb-4 wide:px-6"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p
        className="h-6 truncate pt-1 text-xs text-ink-3"
        data-typing={typing.length > 0 || undefined}
        aria-live="polite"
      >
        {status === 'offline' ? 'The line is cut. What you send waits ten seconds for it.' : typingWords(typing)}
      </p>
      <div className="flex items-end gap-2 rounded-md border border-line-control bg-panel p-1.5 focus-within:outline-2 focus-within:outline-accent has-aria-invalid:border-danger">
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
          onChange={(event) => change(event.target.value)}
          onKeyDown={press}
          className="field-text field-sizing-content max-h-[33dvh] min-h-8 flex-1 resize-none px-1.5 py-1.5 placeholder:text-ink-3 focus-visible:outline-none"
        />
        <Button type="submit" variant="primary" disabled={!alive || status === 'ended'}>
          Send
        </Button>
      </div>
      {error && (
        <p id={`${id}-error`} role="alert" className="pt-1.5 text-xs text-danger">
          {error} {text.length > 2_000 && `This has ${text.length.toLocaleString('en')}.`}
        </p>
      )}
    </form>
  )
}

function typingWords(names: string[]): string {
  if (names.length === 0) return ''
  if (names.length > 2) return `${names.length} people are typing`
  return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} typing`
}
