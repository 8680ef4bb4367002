import type { ComponentProps, ReactNode } from 'react'
import { Spinner } from './spinner'
import { Tooltip } from './tooltip'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What it does, in words: its name for a screen reader and its tooltip. */
  label: string
  icon: ReactNode
  busy?: boolean
}

export function IconButton({ label, icon, busy, className = '', onClick, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        aria-busy={busy || undefined}
        aria-disabled={busy || undefined}
        onClick={busy ? undefined : onClick}
        className={`target inline-grid size-8 shrink-0 place-items-center rounded-sm text-ink-3 transition-colors hover:bg-line/60 hover:text-ink disabled:opacity-50 [&_svg]:size-4 ${className}`}
        {...rest}
      >
        {busy ? <Spinner /> : icon}
      </button>
    </Tooltip>
  )
}
