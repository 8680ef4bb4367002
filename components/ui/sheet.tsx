'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button'

export interface SheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Its name for screen readers. */
  title: string
  trigger: ReactNode
  children: ReactNode
}

/** What does not fit beside the page on a phone: comes over it from the left. */
export function Sheet({ open, onOpenChange, title, trigger, children }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="raised fixed inset-y-0 left-0 z-40 flex w-[min(18rem,calc(100vw-3.5rem))] animate-appear flex-col border-r border-line bg-sunken"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {/* First, because the first button gets the focus, and what closes is the one safe to press blindly. */}
          <Radix.Close asChild>
            <IconButton label="Close" icon={<X />} className="absolute top-3 right-3 pointer-coarse:top-1.5" />
          </Radix.Close>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
