import { type SubmitEvent, useRef, useState, useTransition } from 'react'
import { toast } from 'sonner'
import { type Audience, type NewBroadcast, newBroadcast, type Severity } from '#channels/broadcast'
import type { Issue, Refused } from '#channels/wire'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'
import { Select } from '#components/ui/select'
import { Textarea } from '#components/ui/textarea'
import { audienceWords, severityWords } from './broadcast-words'

const severities = (['info', 'warning', 'danger'] as const).map((value) => ({ value, label: severityWords[value] }))
const audiences = (['all', 'member', 'admin'] as const).map((value) => ({
  value,
  label: sentence(audienceWords[value]),
}))
/** Minutes; none until withdrawn. */
const durations: [minutes: number | null, label: string][] = [
  [15, '15 minutes'],
  [60, '1 hour'],
  [480, '8 hours'],
  [1_440, '1 day'],
  [10_080, '1 week'],
  [null, 'until withdrawn'],
]

/** What was typed stays until it has been sent. */
export function BroadcastForm({ announce }: { announce: (input: NewBroadcast) => Promise<Refused | undefined> }) {
  const [text, setText] = useState('')
  const [severity, setSeverity] = useState<Severity>('info')
  const [audience, setAudience] = useState<Audience>('all')
  const [holdsFor, setHoldsFor] = useState<number | null>(60)
  const [refusal, setRefusal] = useState<Pick<Refused, 'message' | 'issues'>>()
  const [busy, startSending] = useTransition()
  const textBox = useRef<HTMLTextAreaElement>(null)

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const parsed = newBroadcast.safeParse({ text, severity, audience, holdsFor })
    if (!parsed.success) {
      textBox.current?.focus()
      return setRefusal({
        message: '',
        issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      })
    }
    startSending(async () => {
      const refused = await announce(parsed.data).catch(() => ({
        message: 'The server did not answer. Try again.',
        issues: [],
      }))
      setRefusal(refused)
      if (refused) return
      setText('')
      toast.success(`Sent to ${audienceWords[audience]}.`)
    })
  }

  const textIssue = refusal?.issues?.find(({ path }: Issue) => path === 'text')
  return (
    <form onSubmit={submit} className="grid gap-4">
      {refusal?.message && !textIssue && (
        <Notice tone="danger" role="alert" title="Not sent">
          {refusal.message}
        </Notice>
      )}
      <Field label="Message" hint="At most 500 characters." error={textIssue?.message}>
        {(control) => (
          <Textarea
            {...control}
            ref={textBox}
            name="text"
            value={text}
            placeholder="Switchboard restarts for maintenance at 18:00. Save your work."
            onChange={(event) => {
              setText(event.target.value)
              setRefusal(undefined)
            }}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <Segmented
          legend="Severity"
          name="severity"
          options={severities}
          value={severity}
          onValueChange={setSeverity}
        />
        <Segmented legend="Audience" name="audience" options={audiences} value={audience} onValueChange={setAudience} />
        <Field label="Holds for">
          {(control) => (
            <Select
              {...control}
              name="holdsFor"
              className="w-40"
              value={holdsFor ?? ''}
              onChange={(event) => setHoldsFor(event.target.value === '' ? null : Number(event.target.value))}
            >
              {durations.map(([minutes, label]) => (
                <option key={label} value={minutes ?? ''}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Broadcast
        </Button>
      </div>
    </form>
  )
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
