import { useState } from 'react'
import type { Message } from '#channels/chat'
import { failureOf } from '#components/realtime/failure'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'

interface DeleteDialogProps {
  message: Message
  onDelete: (id: string) => Promise<unknown>
  onClose: () => void
}

/** Asks once: a deletion is for good, on every screen. */
export function DeleteDialog({ message, onDelete, onClose }: DeleteDialogProps) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function run() {
    setBusy(true)
    setFailure(undefined)
    try {
      await onDelete(message.id)
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      role="alertdialog"
      open
      onOpenChange={(open) => {
        if (!open && !busy) onClose()
      }}
      title="Delete this message?"
      description="It goes from every screen and cannot be brought back. That there was one stays to be seen."
    >
      <blockquote className="line-clamp-4 border-l-2 border-line-strong pl-3 text-sm break-words whitespace-pre-wrap text-ink-2">
        {message.body}
      </blockquote>
      {failure && (
        <Notice tone="danger" role="alert">
          {failure}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="danger" busy={busy} onClick={() => void run()}>
          Delete
        </Button>
      </div>
    </Dialog>
  )
}
