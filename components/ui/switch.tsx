'use client'

import { Switch as Radix } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { Spinner } from './spinner'

export interface SwitchProps {
  label: ReactNode
  hint?: ReactNode
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  /** While a change is on its way: shown, and not to be switched again. */
  busy?: boolean
  disabled?: boolean
}

export function Switch({ label, hint, checked, onCheckedChange, busy, disabled }: SwitchProps) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="flex items-start justify-between gap-6">
      <div className="grid min-w-0 gap-0.5">
        <label htmlFor={id} className="justify-self-start text-md font-medium">
          {label}
        </label>
        {hint && (
          <div id={hintId} className="max-w-[68ch] text-sm text-ink-3">
            {hint}
          </div>
        )}
      </div>
      <div className="flex items-center gap-2 pt-0.5">
        {busy && <Spinner className="text-ink-3" />}
        <Radix.Root
          id={id}
          aria-describedby={hint ? hintId : undefined}
          aria-busy={busy || undefined}
          checked={checked}
          disabled={disabled}
          onCheckedChange={(next) => {
            if (!busy) onCheckedChange(next)
          }}
          className="relative h-5 w-9 shrink-0 rounded-full border border-line-control bg-sunken transition-colors after:absolute after:-inset-3 data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-50"
        >
          <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-ink-3 transition-transform data-[state=checked]:translate-x-[18px] data-[state=checked]:bg-accent-ink" />
        </Radix.Root>
      </div>
    </div>
  )
}
