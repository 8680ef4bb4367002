import { Pencil } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import { type Place, type Series, seriesEdit } from '#channels/number'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { FormActions } from '#components/ui/form-actions'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { SeriesFields, type SeriesWords } from './series-fields'
import type { NumberRoom } from './use-number'
import { useSeriesForm } from './use-series-form'

interface ChangeSeriesProps {
  series: Series
  next: Place | null
  /** How many numbers are held. */
  held: number
  room: NumberRoom
}

/** Changes a series on every screen that shows it. */
export function ChangeSeriesDialog(props: ChangeSeriesProps) {
  const [open, setOpen] = useState(false)
  const { version } = props.series
  const [begun, setBegun] = useState(version)
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setBegun(version)
        setOpen(next)
      }}
      title={`Change ${props.series.title}`}
      description="Numbers that are given out stay as they were written."
      trigger={
        <Button size="sm" icon={<Pencil aria-hidden className="size-3.5" />}>
          Change
        </Button>
      }
    >
      {/* Made anew from what is there when it is opened, and when the person asks for it. */}
      {open && <ChangeForm key={begun} {...props} onAnew={() => setBegun(version)} onDone={() => setOpen(false)} />}
    </Dialog>
  )
}

interface ChangeFormProps extends ChangeSeriesProps {
  /** From what is there now. */
  onAnew: () => void
  onDone: () => void
}

function ChangeForm({ series, next, held, room, onAnew, onDone }: ChangeFormProps) {
  const [{ version, mode: modeBefore }] = useState(series)
  const [raised, setRaised] = useState('')
  const before: SeriesWords = { ...series, padding: String(series.padding) }
  const { words, change, submit, busy, refusal } = useSeriesForm(before)
  const place = next ?? { year: new Date().getFullYear(), value: 1 }
  const mayRaise = words.mode === 'fast' && modeBefore === 'fast'

  function onSubmit(event: SubmitEvent) {
    event.preventDefault()
    const edit = {
      ...words,
      padding: Number(words.padding),
      version,
      next: mayRaise && raised !== '' ? Number(raised) : null,
    }
    submit(seriesEdit, edit, async (parsed) => room?.call('change', parsed), onDone)
  }

  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4">
      {series.version !== version && !busy && (
        <Notice
          tone="warn"
          role="status"
          title="Another admin has changed it meanwhile"
          actions={
            <Button size="sm" onClick={onAnew}>
              Start anew
            </Button>
          }
        >
          What you have entered cannot be saved. Start anew from what is there now.
        </Notice>
      )}
      {refusal.message && (
        <Notice tone="danger" role="alert" title="Not changed">
          {refusal.message}
        </Notice>
      )}
      <SeriesFields
        words={words}
        onChange={change}
        issue={refusal.issue}
        next={{ ...place, value: mayRaise && Number(raised) > place.value ? Math.trunc(Number(raised)) : place.value }}
        fixed={held > 0 ? 'Mode and year can be changed once nobody holds a number.' : undefined}
      />
      {mayRaise && (
        <Field
          label="Raise to"
          hint="What is given out next. It can never be lowered. Empty leaves it."
          error={refusal.issue('next')}
        >
          {(control) => (
            <Input
              {...control}
              name="next"
              type="number"
              inputMode="numeric"
              min={place.value}
              placeholder={String(place.value)}
              className="max-w-40 tabular-nums"
              value={raised}
              onChange={({ target }) => {
                setRaised(target.value)
                refusal.clear()
              }}
            />
          )}
        </Field>
      )}
      <FormActions submit="Save" busy={busy} onCancel={onDone} />
    </form>
  )
}
