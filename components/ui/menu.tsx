'use client'

import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export interface MenuProps {
  /** Its name for screen readers. */
  label: string
  /** The button that opens it, and gets the focus back. */
  trigger: ReactNode
  defaultOpen?: boolean
  /** Prevents its default when the focus has gone elsewhere, and is not to come back to the button. */
  onCloseAutoFocus?: (event: Event) => void
  children: ReactNode
}

/** What can be done with one thing, by its button; arrows go through it, Escape closes it. */
export function Menu({ label, trigger, defaultOpen, onCloseAutoFocus, children }: MenuProps) {
  return (
    <Radix.Root modal={false} defaultOpen={defaultOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="end"
          onCloseAutoFocus={onCloseAutoFocus}
          sideOffset={4}
          collisionPadding={8}
          className="raised z-30 grid max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-appear overflow-y-auto rounded-md border border-line bg-panel p-1 text-sm"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export interface MenuItemProps {
  icon?: ReactNode
  danger?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, danger, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item
      onSelect={onSelect}
      className={`target flex h-8 cursor-pointer items-center gap-2.5 rounded-sm px-2 outline-none select-none data-highlighted:bg-line/60 [&_svg]:size-4 ${danger ? 'text-danger' : 'text-ink'}`}
    >
      {icon}
      {children}
    </Radix.Item>
  )
}
