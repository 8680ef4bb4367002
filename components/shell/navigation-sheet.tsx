'use client'

import { Menu } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useState, useSyncExternalStore } from 'react'
import { IconButton } from '#components/ui/icon-button'
import { Sheet } from '#components/ui/sheet'
import type { Person } from './person-card'
import { Sidebar } from './sidebar'

const wide = '(min-width: 47.5rem)'

function onWidthChange(changed: () => void) {
  const query = window.matchMedia(wide)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Below 760 px. Open for one address only, so that any navigation closes it, the back button's too. */
export function NavigationSheet({ person }: { person: Person }) {
  const pathname = usePathname()
  const [openAt, setOpenAt] = useState<string>()
  // A phone turned on its side shows the sidebar: an open sheet would hold the focus behind it.
  const besides = useSyncExternalStore(
    onWidthChange,
    () => window.matchMedia(wide).matches,
    () => false,
  )

  return (
    <Sheet
      title="Use cases"
      open={openAt === pathname && !besides}
      onOpenChange={(open) => setOpenAt(open ? pathname : undefined)}
      trigger={
        <IconButton
          label="Menu"
          icon={<Menu />}
          className="absolute top-3 left-2.5 z-10 wide:hidden pointer-coarse:top-1.5 pointer-coarse:left-1"
        />
      }
    >
      <Sidebar person={person} onNavigate={() => setOpenAt(undefined)} />
    </Sheet>
  )
}
