'use client'

import { type ReactNode, useState } from 'react'
import { Button } from './button'
import { Dialog } from './dialog'
import { Notice } from './notice'

export interface ConfirmDialogProps {
  /** The button that asks. */
  trigger: ReactNode
  title: string
  /** What will happen, and to whom. */
  description: ReactNode
  /** The verb: "Withdraw", not "OK". */
  confirm: string
  /** What leaves it as it is, where "Cancel" could be taken for the verb. */
  dismiss?: string
  variant?: 'primary' | 'danger'
  /** Does it. Resolves with a sentence to show when it did not work; the question then stays open. */
  onConfirm: () => Promise<string | undefined>
}

export function ConfirmDialog({
  trigger,
  title,
  description,
  confirm,
  dismiss = 'Cancel',
  variant = 'primary',
  onConfirm,
}: ConfirmDialogProps) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  function change(next: boolean) {
    if (busy) return
    setFailure(undefined)
    setOpen(next)
  }

  async function run() {
    setBusy(true)
    setFailure(undefined)
    const failed = await onConfirm().catch(() => 'The server did not answer. Try again.')
    setBusy(false)
    setFailure(failed)
    if (!failed) setOpen(false)
  }

  return (
    <Dialog
      role="alertdialog"
      open={open}
      onOpenChange={change}
      title={title}
      description={description}
      trigger={trigger}
    >
      {failure && (
        <Notice tone="danger" role="alert">
          {failure}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => change(false)}>{dismiss}</Button>
        <Button variant={variant} busy={busy} onClick={() => void run()}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  )
}
