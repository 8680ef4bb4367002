'use client'

import { createContext, type ReactNode, useContext } from 'react'

const Badge = createContext<ReactNode>(null)

/** The layout gives the connection badge once; every page's header shows it, and no page passes it on. */
export function ShellBadgeProvider({ badge, children }: { badge: ReactNode; children: ReactNode }) {
  return <Badge value={badge}>{children}</Badge>
}

export function ShellBadge() {
  return useContext(Badge)
}
