'use client'

import { type ReactNode, useState } from 'react'
import type { UserRef } from '#channels/user'
import { Dialog } from '#components/ui/dialog'
import { SearchPanel } from './search-panel'

interface SearchDialogProps {
  me: UserRef
  onFound?: () => void
  /** The button that opens it. */
  children: ReactNode
}

export function SearchDialog({ me, onFound, children }: SearchDialogProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Search messages"
      description="In every room you can read. “Quotes” hold words together, a minus leaves a word out."
      trigger={children}
    >
      <SearchPanel
        me={me}
        onFollow={() => {
          setOpen(false)
          onFound?.()
        }}
      />
    </Dialog>
  )
}
