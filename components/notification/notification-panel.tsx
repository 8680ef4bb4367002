'use client'

import { CheckCheck, Settings2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useOptimistic, useState, useTransition } from 'react'
import { toast } from 'sonner'
import type { InboxFilter, InboxPage } from '#channels/notification'
import { Button, buttonClass } from '#components/ui/button'
import { ErrorState } from '#components/ui/error-state'
import { Link } from '#components/ui/link'
import { Panel } from '#components/ui/panel'
import { addressOf, inboxPath } from './inbox-address'
import { InboxFilters } from './inbox-filters'
import { unreadWords } from './kind-words'
import { NotificationList } from './notification-list'
import { useNotificationContext } from './notification-provider'

export function NotificationPanel({ filter, first }: { filter: InboxFilter; first: InboxPage }) {
  const { state, status, refusal } = useNotificationContext()
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [chosen, setChosen] = useOptimistic(filter)

  function choose(next: InboxFilter) {
    startTransition(() => {
      setChosen(next)
      router.push(addressOf(next), { scroll: false })
    })
  }

  if (status === 'denied') {
    return (
      <Panel title="Inbox">
        <ErrorState title="Your notifications could not be had." onRetry={() => location.reload()}>
          {refusal?.message}
        </ErrorState>
      </Panel>
    )
  }
  return (
    <Panel
      title="Inbox"
      about={<span role="status">{unreadWords(state.unread)}</span>}
      actions={
        <Link href={`${inboxPath}/preferences`} className={buttonClass({ variant: 'ghost' })}>
          <Settings2 aria-hidden className="size-4" />
          Preferences
        </Link>
      }
    >
      <div className="grid gap-4" data-status={status}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 wide:[&>button]:ml-auto">
          <InboxFilters filter={chosen} onChoose={choose} />
          <SweepButton />
        </div>
        <div aria-busy={pending} className={pending ? 'opacity-60 transition-opacity' : undefined}>
          <NotificationList key={addressOf(filter)} filter={filter} first={first} />
        </div>
      </div>
    </Panel>
  )
}

/** Up to the newest there is on this screen: what arrives while one presses has not been seen. */
function SweepButton() {
  const { state, sweep } = useNotificationContext()
  const [busy, setBusy] = useState(false)
  const newest = state.entries.reduce<(typeof state.entries)[number] | undefined>(
    (found, entry) => (found && found.id > entry.id ? found : entry),
    undefined,
  )

  async function press() {
    if (!newest) return
    setBusy(true)
    try {
      await sweep(newest.id)
    } catch {
      toast.error('They are still unread.', { description: 'The line was cut. Try again when it is back.' })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button
      icon={<CheckCheck aria-hidden className="size-4" />}
      disabled={state.unread === 0 || !newest}
      busy={busy}
      onClick={() => void press()}
    >
      Mark all as read
    </Button>
  )
}
