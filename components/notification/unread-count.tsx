'use client'

import { Bell } from 'lucide-react'
import { Link } from '#components/ui/link'
import { inboxPath } from './inbox-address'
import { unreadFigure, unreadWords } from './kind-words'
import { useUnread } from './notification-provider'

/** In the navigation, after its name. */
export function UnreadCount() {
  const unread = useUnread() ?? 0
  if (unread === 0) return null
  return (
    <span className="ml-auto min-w-5 animate-appear rounded-full bg-accent px-1.5 text-center text-xs font-medium text-accent-ink tabular-nums">
      {unreadFigure(unread)}
      <span className="sr-only"> unread</span>
    </span>
  )
}

/** In the header of every page. */
export function NotificationBell() {
  const unread = useUnread() ?? 0
  return (
    <Link
      href={inboxPath}
      aria-label={unreadWords(unread)}
      title={unreadWords(unread)}
      className="target relative inline-grid size-8 shrink-0 place-items-center rounded-sm text-ink-3 transition-colors hover:bg-line/60 hover:text-ink"
    >
      <Bell aria-hidden strokeWidth={1.75} className="size-4" />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-0 right-0 pointer-coarse:top-1.5 pointer-coarse:right-1.5 min-w-4 animate-appear rounded-full bg-accent px-1 text-center text-[0.625rem] leading-4 font-medium text-accent-ink tabular-nums"
        >
          {unreadFigure(unread)}
        </span>
      )}
    </Link>
  )
}
