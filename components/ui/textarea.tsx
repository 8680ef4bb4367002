import type { ComponentProps } from 'react'
import { controlClass } from './input'

/** Grows with what is typed, from `rows` up to a third of the screen, where the browser can. */
export function Textarea({ className = '', rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      className={`field-sizing-content max-h-[33dvh] resize-none px-2.5 py-1.5 pointer-coarse:py-2.5 ${controlClass} ${className}`}
      style={{ minHeight: `max(var(--target), ${rows}lh + 0.875rem)` }}
      {...rest}
    />
  )
}
