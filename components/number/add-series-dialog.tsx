import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useState } from 'react'
import { newSeries } from '#channels/number'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { FormActions } from '#components/ui/form-actions'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { addressOf } from './numbers-address'
import { SeriesFields, type SeriesWords } from './series-fields'
import type { NumberRoom } from './use-number'
import { useSeriesForm } from './use-series-form'

const blank: SeriesWords & { key: string } = {
  key: '',
  title: '',
  prefix: '',
  padding: '4',
  yearly: false,
  mode: 'gapless',
}

/** Adds a series, and shows it. `room` is that of all series. */
export function AddSeriesDialog({ room }: { room: NumberRoom }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="New series"
      description="Numbers of one more kind of document, beginning with 1."
      trigger={
        <Button size="sm" icon={<Plus aria-hidden className="size-3.5" />}>
          New series
        </Button>
      }
    >
      {open && <AddForm room={room} onDone={() => setOpen(false)} />}
    </Dialog>
  )
}

function AddForm({ room, onDone }: { room: NumberRoom; onDone: () => void }) {
  const { words, change, submit, busy, refusal } = useSeriesForm(blank)
  const router = useRouter()

  function onSubmit(event: SubmitEvent) {
    event.preventDefault()
    const done = () => {
      onDone()
      router.push(addressOf(words.key), { scroll: false })
    }
    submit(newSeries, { ...words, padding: Number(words.padding) }, async (parsed) => room?.call('add', parsed), done)
  }

  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-4">
      {refusal.message && (
        <Notice tone="danger" role="alert" title="Not added">
          {refusal.message}
        </Notice>
      )}
      <Field label="Key" hint="What addresses and programs name it by. It stays." error={refusal.issue('key')}>
        {(control) => (
          <Input
            {...control}
            name="key"
            className="font-mono"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={words.key}
            onChange={({ target }) => change({ key: target.value })}
          />
        )}
      </Field>
      <SeriesFields
        words={words}
        onChange={change}
        issue={refusal.issue}
        next={{ year: new Date().getFullYear(), value: 1 }}
      />
      <FormActions submit="Add" busy={busy} onCancel={onDone} />
    </form>
  )
}
