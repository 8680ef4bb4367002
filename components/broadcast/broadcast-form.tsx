import { type SubmitEvent, useRef, useState, useTransition } from 'react'
import { toast } from 'sonner'
import { audience as audienceSchema, type NewBroadcast, newBroadcast, personRoom } from '#channels/broadcast'
import type { UserRef } from '#channels/user'
import type { Refused } from '#channels/wire'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { fieldToMoment } from '#components/ui/moment-field.ts'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'
import { Select } from '#components/ui/select'
import { BroadcastFields, type Words } from './broadcast-fields'
import { noAnswer, useRefusal } from './use-refusal'

type Whom = 'all' | 'member' | 'admin' | 'person'
const audiences: { value: Whom; label: string }[] = [
  { value: 'all', label: 'Everyone' },
  { value: 'member', label: 'Members' },
  { value: 'admin', label: 'Admins' },
  { value: 'person', label: 'One person' },
]
/** Minutes; none until withdrawn. */
const durations: [minutes: number | null, label: string][] = [
  [15, '15 minutes'],
  [60, '1 hour'],
  [480, '8 hours'],
  [1_440, '1 day'],
  [10_080, '1 week'],
  [null, 'until withdrawn'],
]
const blank: Words = { text: '', severity: 'info', countsTo: '', dismissible: true, mustAcknowledge: false }

interface BroadcastFormProps {
  people: UserRef[]
  announce: (input: NewBroadcast) => Promise<Refused | undefined>
}

/** What was typed stays until it has been sent. */
export function BroadcastForm({ people, announce }: BroadcastFormProps) {
  const [words, setWords] = useState(blank)
  const [whom, setWhom] = useState<Whom>('all')
  const [person, setPerson] = useState(people[0]?.id ?? '')
  const [startsAt, setStartsAt] = useState('')
  const [holdsFor, setHoldsFor] = useState<number | null>(60)
  const refusal = useRefusal()
  const [busy, startSending] = useTransition()
  const textBox = useRef<HTMLTextAreaElement>(null)

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const parsed = newBroadcast.safeParse({
      ...words,
      countsTo: fieldToMoment(words.countsTo),
      audience: whom === 'person' ? audienceSchema.safeParse(person && personRoom(person)).data : whom,
      startsAt: fieldToMoment(startsAt),
      holdsFor,
    })
    if (!parsed.success) {
      textBox.current?.focus()
      return refusal.refuseInput(parsed.error)
    }
    startSending(async () => {
      const refused = await announce(parsed.data).catch(() => noAnswer)
      if (refused) return refusal.refuse(refused)
      refusal.clear()
      setWords(blank)
      setStartsAt('')
      toast.success(startsAt ? 'Planned.' : 'Sent.')
    })
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {refusal.message && (
        <Notice tone="danger" role="alert" title="Not sent">
          {refusal.message}
        </Notice>
      )}
      <BroadcastFields
        words={words}
        textBox={textBox}
        issue={refusal.issue}
        onChange={(change) => {
          setWords({ ...words, ...change })
          refusal.clear()
        }}
      />
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <Segmented legend="Audience" name="audience" options={audiences} value={whom} onValueChange={setWhom} />
        {whom === 'person' && (
          <Field label="Person" error={refusal.issue('audience')}>
            {(control) => (
              <Select {...control} className="w-40" value={person} onChange={(event) => setPerson(event.target.value)}>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label="Starts" hint="Empty for at once." error={refusal.issue('startsAt')}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              name="startsAt"
              className="max-w-60"
              value={startsAt}
              onChange={(event) => setStartsAt(event.target.value)}
            />
          )}
        </Field>
        <Field label="Holds for" error={refusal.issue('holdsFor')}>
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
