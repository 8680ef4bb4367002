import type { ComponentProps } from 'react'

/** Shared by input, textarea and select, so that a form is of one piece. */
export const controlClass =
  'field-text w-full rounded-sm border border-line-control bg-panel text-ink placeholder:text-ink-3 hover:border-ink-3 aria-invalid:border-danger focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-sunken disabled:text-ink-3'

export function Input({ className = '', ...rest }: ComponentProps<'input'>) {
  return <input className={`target h-8 px-2.5 ${controlClass} ${className}`} {...rest} />
}
