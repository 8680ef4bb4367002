import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { controlClass } from './input'

/** The platform's own: on a phone it opens the wheel or the list people know. */
export function Select({ className = '', children, ...rest }: ComponentProps<'select'>) {
  return (
    <div className={`relative ${className}`}>
      <select className={`target h-8 appearance-none pr-8 pl-2.5 ${controlClass}`} {...rest}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-3"
      />
    </div>
  )
}
