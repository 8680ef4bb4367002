import type { ReactNode } from 'react'
import { ShellBadge } from './shell-badge'

export interface PageHeaderProps {
  title: ReactNode
  /** One sentence: what this page proves. On a phone only a screen reader has the room for it. */
  proves: string
  actions?: ReactNode
}

export function PageHeader({ title, proves, actions }: PageHeaderProps) {
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-x-1.5 border-b border-line bg-panel py-1.5 pr-4 pl-13 wide:min-h-17 wide:gap-x-4 wide:px-6">
      <div className="min-w-0 flex-1">
        <h1 className="text-lg font-semibold tracking-tight max-wide:line-clamp-2 max-wide:leading-tight wide:truncate">
          {title}
        </h1>
        <p className="text-sm text-ink-3 max-wide:sr-only">{proves}</p>
      </div>
      {actions}
      <ShellBadge />
    </header>
  )
}
