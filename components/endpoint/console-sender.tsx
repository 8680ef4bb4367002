import { type KeyboardEvent, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Segmented } from '#components/ui/segmented'
import { Textarea } from '#components/ui/textarea'
import { type Encoding, encodeMessage, hexOf } from './message-encoding.ts'

const options = [
  { value: 'text', label: 'Text' },
  { value: 'json', label: 'JSON' },
  { value: 'message-pack', label: 'MessagePack' },
] as const

const examples: Record<Encoding, string> = { text: 'hello', json: '{"hello": 1}', 'message-pack': '{"hello": 1}' }

interface ConsoleSenderProps {
  /** What the endpoint speaks. */
  initial: Encoding
  ready: boolean
  /** Throws an Error for the person. */
  onSend: (encoding: Encoding, typed: string) => void
}

/** Enter sends, Shift+Enter breaks the line. What cannot be sent stays in the box, with why. */
export function ConsoleSender({ initial, ready, onSend }: ConsoleSenderProps) {
  const [encoding, setEncoding] = useState<Encoding>(initial)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const box = useRef<HTMLTextAreaElement>(null)

  function send() {
    box.current?.focus()
    if (!ready) return setError('Open the socket first.')
    try {
      onSend(encoding, typed)
      setTyped('')
      setError(undefined)
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown.message : 'This cannot be sent.')
    }
  }

  function press(event: KeyboardEvent) {
    // While an input method composes a character, Enter accepts it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Segmented
        legend="Send as"
        name="encoding"
        options={options}
        value={encoding}
        onValueChange={(next) => {
          setEncoding(next)
          setError(undefined)
        }}
      />
      <Field
        label="Message"
        error={error}
        hint={encoding === 'message-pack' ? <Packed typed={typed} /> : 'Enter sends, Shift and Enter begin a new line.'}
      >
        {(control) => (
          <div className="flex items-end gap-2">
            <Textarea
              {...control}
              ref={box}
              name="message"
              rows={1}
              value={typed}
              placeholder={examples[encoding]}
              className="font-mono"
              onKeyDown={press}
              onChange={(event) => {
                setTyped(event.target.value)
                setError(undefined)
              }}
            />
            <Button type="submit" variant="primary">
              Send
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}

/** The bytes before they are sent. */
function Packed({ typed }: { typed: string }) {
  const bytes = bytesOf(typed)
  if (bytes === undefined) return 'Write it as JSON; it is sent as MessagePack, whose bytes stand here.'
  return <span className="font-mono [overflow-wrap:anywhere]">{bytes}</span>
}

function bytesOf(typed: string): string | undefined {
  try {
    const data = encodeMessage('message-pack', typed)
    return typeof data === 'string' ? data : hexOf(data.subarray(0, 64))
  } catch {
    return undefined
  }
}
