import type { ReactNode } from 'react'
import { Button } from './button'

export interface FormActionsProps {
  /** What is done, as a verb. */
  submit: string
  busy: boolean
  onCancel: () => void
  /** Beside the buttons, such as a sum. */
  children?: ReactNode
}

/** The end of a form in a dialog: back without a change, or go through with it. */
export function FormActions({ submit, busy, onCancel, children }: FormActionsProps) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {children && <div className="mr-auto">{children}</div>}
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" variant="primary" busy={busy}>
        {submit}
      </Button>
    </div>
  )
}
