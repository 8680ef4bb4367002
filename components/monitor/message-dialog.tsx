import { type ReactNode, type SubmitEvent, useState } from 'react'
import { toast } from 'sonner'
import { monitorMessage } from '#channels/monitor'
import { failureOf } from '#components/realtime/failure'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { FormActions } from '#components/ui/form-actions'
import { Textarea } from '#components/ui/textarea'
import type { Monitor } from './use-monitor'

interface MessageDialogProps {
  trigger: ReactNode
  title: string
  to: { person: string } | { socket: string }
  send: Monitor['send']
}

/** Writes to one socket or to all of a person. What was typed stays until somebody has it. */
export function MessageDialog({ trigger, title, to, send }: MessageDialogProps) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const parsed = monitorMessage.safeParse({ to, text })
    if (!parsed.success) return setFailure(parsed.error.issues[0]?.message)
    setBusy(true)
    try {
      const taken = await send(parsed.data)
      setOpen(false)
      setText('')
      setFailure(undefined)
      toast.success(`Sent to ${taken} ${taken === 1 ? 'socket' : 'sockets'}.`)
    } catch (error) {
      setFailure(failureOf(error))
    }
    setBusy(false)
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={title}
      description="It appears on their screen at once, and is kept nowhere."
    >
      <form onSubmit={(event) => void submit(event)} className="grid gap-4">
        <Field label="Message" hint="At most 500 characters." error={failure}>
          {(control) => (
            <Textarea
              {...control}
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                setFailure(undefined)
              }}
            />
          )}
        </Field>
        <FormActions submit="Send message" busy={busy} onCancel={() => setOpen(false)} />
      </form>
    </Dialog>
  )
}
