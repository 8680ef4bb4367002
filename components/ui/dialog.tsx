'use client'

import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description: ReactNode
  /** `alertdialog` for a question that must be answered: pressing beside it does not close it, as beside a form. */
  role?: 'dialog' | 'alertdialog'
  /** What gets the focus back, and opens it. */
  trigger?: ReactNode
  children: ReactNode
}

export function Dialog({ open, onOpenChange, title, description, role = 'dialog', trigger, children }: DialogProps) {
  const content = useRef<HTMLDivElement>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Radix.Content
          ref={content}
          role={role}
          onInteractOutside={(event) => {
            // A press beside a form would throw away what was typed.
            if (role === 'alertdialog' || content.current?.querySelector('form')) event.preventDefault()
          }}
          className="raised fixed top-1/2 left-1/2 z-40 grid max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-appear gap-4 overflow-y-auto rounded-md border border-line bg-panel p-5"
        >
          <div className="grid gap-1">
            <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
            <Radix.Description asChild>
              <div className="text-md text-ink-2">{description}</div>
            </Radix.Description>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
