import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { type SubmitEvent, useState, useTransition } from 'react'
import type { OutboundMessage } from '#channels/outbound'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { LocalTime } from '#components/ui/local-time'

/** The last messages, the newest first: nothing has to be scrolled to. */
export function ClientTraffic({ uri, messages }: { uri: string; messages: OutboundMessage[] }) {
  if (messages.length === 0) return <p className="text-sm text-ink-3">Nothing has gone through it yet.</p>
  return (
    <ol aria-label={`Messages of ${uri}`} className="grid gap-1 rounded-sm border border-line bg-sunken px-3 py-2">
      {messages.toReversed().map(({ number, at, direction, body, cut }) => (
        <li key={number} className="flex flex-wrap gap-x-2.5 font-mono text-xs wide:flex-nowrap">
          <span className="flex shrink-0 items-start gap-2.5 text-ink-3">
            <LocalTime at={at} form="seconds" />
            {direction === 'in' ? (
              <ArrowDownLeft aria-hidden className="mt-0.5 size-3.5 text-ok" />
            ) : (
              <ArrowUpRight aria-hidden className="mt-0.5 size-3.5 text-accent" />
            )}
            <span className="sr-only">{direction === 'in' ? 'Received' : 'Sent'}</span>
          </span>
          <span className="min-w-0 basis-full [overflow-wrap:anywhere] wide:basis-auto">
            {body}
            {cut && ' …'}
          </span>
        </li>
      ))}
    </ol>
  )
}

interface SendFormProps {
  uri: string
  /** Resolves with why it was refused, if it was. */
  send: (text: string) => Promise<string | undefined>
}

export function SendForm({ uri, send }: SendFormProps) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const [busy, startSending] = useTransition()

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (busy) return
    if (text === '') return setError('Write something first.')
    startSending(async () => {
      const refused = await send(text)
      setError(refused)
      if (!refused) setText('')
    })
  }

  return (
    <form onSubmit={submit}>
      <Field label={<span className="sr-only">Send through {uri}</span>} error={error}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              name="text"
              autoComplete="off"
              maxLength={4_000}
              value={text}
              placeholder="Text to send"
              className="min-w-0 flex-1 font-mono"
              onChange={(event) => {
                setText(event.target.value)
                setError(undefined)
              }}
            />
            <Button type="submit" busy={busy}>
              Send
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
