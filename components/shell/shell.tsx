import type { ReactNode } from 'react'
import { HeldPages } from './held-pages'
import { NavigationSheet } from './navigation-sheet'
import type { Person } from './person-card'
import { PersonRefresh } from './person-refresh'
import { ShellBadgeProvider } from './shell-badge'
import { Sidebar } from './sidebar'

export interface ShellProps {
  person: Person
  /** On top of everything; takes no room when there is none. */
  banner: ReactNode
  /** The connection badge, which every PageHeader shows. */
  badge: ReactNode
  /** At the foot of everything; keeps its own place. */
  strip: ReactNode
  children: ReactNode
}

/** Fills the window exactly: what a page has too much of scrolls inside it (PageBody, or a log of its own). */
export function Shell({ person, banner, badge, strip, children }: ShellProps) {
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <a
        href="#main"
        className="absolute top-2 left-2 z-50 rounded-sm bg-accent px-3 py-2 text-sm font-medium text-accent-ink not-focus:sr-only"
      >
        Skip to the page
      </a>
      <HeldPages />
      <PersonRefresh person={person} />
      {banner}
      <div className="grid min-h-0 flex-1 wide:grid-cols-[14.5rem_minmax(0,1fr)]">
        <header className="hidden min-h-0 flex-col border-r border-line bg-sunken wide:flex">
          <Sidebar person={person} />
        </header>
        <div className="relative flex min-h-0 min-w-0 flex-col">
          <NavigationSheet person={person} />
          <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col focus-visible:outline-none">
            <ShellBadgeProvider badge={badge}>{children}</ShellBadgeProvider>
          </main>
        </div>
      </div>
      {strip}
    </div>
  )
}
