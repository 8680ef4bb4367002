'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { UserRef } from '#channels/user'
import { failureOf } from '#components/realtime/failure'
import { Dialog } from '#components/ui/dialog'
import { IconButton } from '#components/ui/icon-button'
import { Notice } from '#components/ui/notice'
import { PersonPicker } from './person-picker'
import { useRoomList } from './rooms-provider'

export function DirectDialog({ onOpened }: { onOpened?: () => void }) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const rooms = useRoomList()
  const router = useRouter()

  async function start({ id }: UserRef) {
    setBusy(true)
    setFailure(undefined)
    try {
      const { key } = await rooms.direct(id)
      setOpen(false)
      onOpened?.()
      router.push(`/chat/${key}`)
    } catch (error) {
      setFailure(failureOf(error))
    }
    setBusy(false)
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setFailure(undefined)
      }}
      title="Write to one person"
      description="Nobody but the two of you can read it."
      trigger={<IconButton label="Write to one person" icon={<Plus />} className="size-7" />}
    >
      <PersonPicker label="To whom" busy={busy} onPick={(user) => void start(user)} />
      {failure && (
        <Notice tone="danger" role="alert">
          {failure}
        </Notice>
      )}
    </Dialog>
  )
}
