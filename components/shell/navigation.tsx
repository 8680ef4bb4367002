'use client'

import { House } from 'lucide-react'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { groups, openTo, type Role, useCases } from '#components/catalog'
import { inboxPath } from '#components/notification/inbox-address.ts'
import { UnreadCount } from '#components/notification/unread-count'
import { Link } from '#components/ui/link'
import { UseCaseIcon } from './use-case-icon'

const addresses = ['/', ...useCases.map(({ href }) => href)]

/** Of `/settings` and `/settings/broadcast`, the longer one that the address starts with, open to this person or not. */
function currentOf(pathname: string): string | undefined {
  return addresses
    .filter((href) => pathname === href || (href !== '/' && pathname.startsWith(`${href}/`)))
    .sort((a, b) => b.length - a.length)[0]
}

export function Navigation({ role, onNavigate }: { role: Role; onNavigate?: () => void }) {
  const current = currentOf(usePathname())

  function item(href: string, icon: ReactNode, title: string) {
    return (
      <li key={href}>
        <Link
          href={href}
          onClick={onNavigate}
          aria-current={href === current ? 'page' : undefined}
          className="target flex h-8 items-center gap-2.5 rounded-sm border border-transparent px-2 text-sm text-ink-2 hover:bg-line/50 hover:text-ink aria-[current]:border-line aria-[current]:bg-panel aria-[current]:font-medium aria-[current]:text-ink"
        >
          {icon}
          {title}
          {href === inboxPath && <UnreadCount />}
        </Link>
      </li>
    )
  }

  return (
    <nav aria-label="Use cases" className="min-h-0 flex-1 overflow-y-auto px-3 pb-3">
      <ul className="grid gap-0.5">
        {item('/', <House aria-hidden strokeWidth={1.75} className="size-4" />, 'Start')}
      </ul>
      {groups.map((group) => {
        const members = openTo(role).filter((useCase) => useCase.group === group)
        if (members.length === 0) return null
        return (
          <section key={group}>
            <h2 className="px-2 pt-4 pb-1 text-xs font-medium text-ink-3">{group}</h2>
            <ul className="grid gap-0.5">
              {members.map((useCase) => item(useCase.href, <UseCaseIcon name={useCase.icon} />, useCase.title))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}
