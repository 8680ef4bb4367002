import { type ComponentProps, useEffect } from 'react'
import { Textarea } from '#components/ui/textarea'
import type { FieldOnScreen } from './use-field'
import type { LiveOrder } from './use-order'

interface ClosedFieldProps {
  on: FieldOnScreen
  live: LiveOrder
  control: Pick<
    ComponentProps<'textarea'>,
    'id' | 'aria-label' | 'aria-describedby' | 'aria-invalid' | 'onBlur' | 'onKeyDown'
  >
  className?: string
}

/**
 * What a field of a closed order holds, in words: to be read, selected and copied, all of it, and not to be changed.
 * A choice or a day is no control any more.
 */
export function ClosedField({ on: { field, current }, live, control, className = '' }: ClosedFieldProps) {
  const { room, drafts } = live
  const { id, onBlur, onKeyDown, ...aria } = control
  // Closed under the hand of someone who writes: it is sent, and they are told why it was not saved.
  useEffect(() => {
    if (room) drafts?.leave(room, field)
  }, [room, drafts, field])
  return (
    <Textarea
      id={id}
      aria-label={aria['aria-label']}
      aria-describedby={aria['aria-describedby']}
      aria-invalid={aria['aria-invalid']}
      readOnly
      rows={1}
      dir="auto"
      placeholder="Nothing"
      value={current === '' ? '' : live.words(field, current)}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
      className={`read-only:border-transparent read-only:bg-sunken read-only:hover:border-transparent ${className}`}
    />
  )
}
