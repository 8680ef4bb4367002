import { type SubmitEvent, useState, useTransition } from 'react'
import { type BroadcastEdit, broadcastEdit } from '#channels/broadcast'
import type { Refused } from '#channels/wire'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { FormActions } from '#components/ui/form-actions'
import { Input } from '#components/ui/input'
import { fieldToMoment, momentToField } from '#components/ui/moment-field.ts'
import { Notice } from '#components/ui/notice'
import { BroadcastFields, type Words } from './broadcast-fields'
import type { DeskEntry } from './use-desk'
import { noAnswer, useRefusal } from './use-refusal'

interface EditDialogProps {
  entry: DeskEntry
  edit: (id: string, input: BroadcastEdit) => Promise<Refused | undefined>
}

/** Changes a broadcast on every screen that shows it. */
export function EditDialog({ entry, edit }: EditDialogProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Edit this broadcast"
      description="It changes on every screen at once."
      trigger={<Button size="sm">Edit</Button>}
    >
      {/* Made anew each time, from what stands then. */}
      {open && <EditForm entry={entry} edit={edit} onDone={() => setOpen(false)} />}
    </Dialog>
  )
}

function EditForm({ entry, edit, onDone }: EditDialogProps & { onDone: () => void }) {
  // What was read when it was opened: an edit by another admin meanwhile is a conflict, and not overwritten.
  const [{ id, version }] = useState(entry)
  const [words, setWords] = useState<Words>({ ...entry, countsTo: momentToField(entry.countsTo) })
  const [expiresAt, setExpiresAt] = useState(momentToField(entry.expiresAt))
  const refusal = useRefusal()
  const [busy, startSending] = useTransition()

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const times = { countsTo: fieldToMoment(words.countsTo), expiresAt: fieldToMoment(expiresAt) }
    const parsed = broadcastEdit.safeParse({ ...words, ...times, version })
    if (!parsed.success) return refusal.refuseInput(parsed.error)
    startSending(async () => {
      const refused = await edit(id, parsed.data).catch(() => noAnswer)
      if (refused) refusal.refuse(refused)
      else onDone()
    })
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {refusal.message && (
        <Notice tone="danger" role="alert" title="Not changed">
          {refusal.message}
        </Notice>
      )}
      <BroadcastFields
        words={words}
        issue={refusal.issue}
        onChange={(change) => {
          setWords({ ...words, ...change })
          refusal.clear()
        }}
      />
      <Field label="Ends" hint="Empty for until withdrawn." error={refusal.issue('expiresAt')}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            name="expiresAt"
            className="max-w-60"
            value={expiresAt}
            onChange={(event) => setExpiresAt(event.target.value)}
          />
        )}
      </Field>
      <FormActions submit="Save" busy={busy} onCancel={onDone} />
    </form>
  )
}
