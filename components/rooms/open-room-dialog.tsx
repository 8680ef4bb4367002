'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { newRoom } from '#channels/rooms'
import { failureOf } from '#components/realtime/failure'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { FormActions } from '#components/ui/form-actions'
import { IconButton } from '#components/ui/icon-button'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'
import { useRoomList } from './rooms-provider'

const kinds = [
  { value: 'public', label: 'Everyone' },
  { value: 'private', label: 'Only who is let in' },
] as const

type Wrong = { title?: string; topic?: string; call?: string }

export function OpenRoomDialog({ onOpened }: { onOpened?: () => void }) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<Wrong>({})
  const rooms = useRoomList()
  const router = useRouter()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const form = new FormData(event.currentTarget)
    const parsed = newRoom.safeParse({
      title: form.get('title'),
      topic: form.get('topic'),
      private: form.get('kind') === 'private',
    })
    if (!parsed.success) {
      const told = Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message]))
      return setWrong(told)
    }
    setWrong({})
    setBusy(true)
    try {
      const { key } = await rooms.open(parsed.data)
      setOpen(false)
      onOpened?.()
      router.push(`/chat/${key}`)
    } catch (error) {
      setWrong({ call: failureOf(error) })
    }
    setBusy(false)
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setWrong({})
      }}
      title="Open a room"
      description="It is in the list of everyone who may read it at once."
      trigger={<IconButton label="Open a room" icon={<Plus />} className="size-7" />}
    >
      <form className="grid gap-4" noValidate onSubmit={(event) => void submit(event)}>
        <Field label="Title" error={wrong.title}>
          {(control) => <Input name="title" autoComplete="off" maxLength={200} {...control} />}
        </Field>
        <Field label="Topic" hint="What it is about, in a sentence. Not needed." error={wrong.topic}>
          {(control) => <Input name="topic" autoComplete="off" maxLength={400} {...control} />}
        </Field>
        <Segmented legend="Who may read and write" name="kind" options={kinds} defaultValue="public" />
        {wrong.call && (
          <Notice tone="danger" role="alert">
            {wrong.call}
          </Notice>
        )}
        <FormActions submit="Open room" busy={busy} onCancel={() => setOpen(false)} />
      </form>
    </Dialog>
  )
}
