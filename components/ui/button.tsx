import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { Spinner } from './spinner'

const variants = {
  primary: 'border-transparent bg-accent text-accent-ink hover:bg-accent-strong',
  secondary: 'border-line-strong bg-panel text-ink hover:bg-line/50',
  ghost: 'border-transparent text-ink-2 hover:bg-line/60 hover:text-ink',
  danger: 'border-transparent bg-danger text-accent-ink hover:bg-danger-strong',
}

const sizes = {
  sm: 'h-7 px-2.5 text-sm',
  md: 'h-8 px-3 text-sm',
  lg: 'h-10 px-4 text-md',
}

export interface ButtonLook {
  variant?: keyof typeof variants
  size?: keyof typeof sizes
}

/** For what looks like a button but is not one: a link. */
export function buttonClass({ variant = 'secondary', size = 'md' }: ButtonLook = {}): string {
  return `target relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-sm border font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50 ${variants[variant]} ${sizes[size]}`
}

function hold(event: MouseEvent) {
  event.preventDefault()
}

export interface ButtonProps extends ComponentProps<'button'>, ButtonLook {
  /** Keeps width, label and focus, shows a spinner and does nothing when pressed. */
  busy?: boolean
  icon?: ReactNode
}

export function Button({ variant, size, busy, icon, className = '', children, ...rest }: ButtonProps) {
  const held = busy ? { onClick: hold, 'aria-disabled': true, 'aria-busy': true } : undefined
  return (
    <button type="button" className={`${buttonClass({ variant, size })} ${className}`} {...rest} {...held}>
      {busy && <Spinner className="absolute" />}
      <span className={`inline-flex items-center gap-1.5 ${busy ? 'opacity-0' : ''}`}>
        {icon}
        {children}
      </span>
    </button>
  )
}
