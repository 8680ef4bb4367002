import type { Ref } from 'react'
import type { Severity } from '#channels/broadcast'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Segmented } from '#components/ui/segmented'
import { Switch } from '#components/ui/switch'
import { Textarea } from '#components/ui/textarea'
import { severityWords } from './broadcast-words'

/** What can be written anew and edited later. `countsTo` is as in its field; empty for none. */
export interface Words {
  text: string
  severity: Severity
  countsTo: string
  dismissible: boolean
  mustAcknowledge: boolean
}

const severities = (['info', 'warning', 'danger'] as const).map((value) => ({ value, label: severityWords[value] }))

interface BroadcastFieldsProps {
  words: Words
  onChange: (change: Partial<Words>) => void
  /** What is wrong with a field. */
  issue: (path: string) => string | undefined
  textBox?: Ref<HTMLTextAreaElement>
}

export function BroadcastFields({ words, onChange, issue, textBox }: BroadcastFieldsProps) {
  return (
    <>
      <Field label="Message" hint="At most 500 characters." error={issue('text')}>
        {(control) => (
          <Textarea
            {...control}
            ref={textBox}
            name="text"
            value={words.text}
            placeholder="Switchboard restarts for maintenance. Save your work."
            onChange={(event) => onChange({ text: event.target.value })}
          />
        )}
      </Field>
      <Segmented
        legend="Severity"
        name="severity"
        options={severities}
        value={words.severity}
        onValueChange={(severity) => onChange({ severity })}
      />
      <Field
        label="Counts down to"
        hint="A moment in your time zone. Every screen ticks by the server’s clock. Empty for no countdown."
        error={issue('countsTo')}
      >
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            name="countsTo"
            className="max-w-60"
            value={words.countsTo}
            onChange={(event) => onChange({ countsTo: event.target.value })}
          />
        )}
      </Field>
      <Switch
        label="Must be acknowledged"
        hint="It stays until the person says that they have read it; you see how many have."
        checked={words.mustAcknowledge}
        onCheckedChange={(mustAcknowledge) => onChange({ mustAcknowledge })}
      />
      <Switch
        label="May be dismissed"
        hint="Otherwise it stays on every screen until it is over."
        checked={words.dismissible && !words.mustAcknowledge}
        disabled={words.mustAcknowledge}
        onCheckedChange={(dismissible) => onChange({ dismissible })}
      />
    </>
  )
}
