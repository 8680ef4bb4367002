import { Inbox } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { InboxFilter, InboxPage } from '#channels/notification'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { kindWords, stateWords } from './kind-words'
import { NotificationRow } from './notification-row'
import { NotificationSkeleton } from './notification-skeleton'
import { useInbox } from './use-inbox'

interface NotificationListProps {
  filter: InboxFilter
  first: InboxPage
}

export function NotificationList({ filter, first }: NotificationListProps) {
  const { rows, more, progress, load } = useInbox(filter, first)
  const id = useId()

  if (rows.length === 0 && progress === 'failed') {
    return (
      <ErrorState title="These notifications could not be had." onRetry={() => void load()}>
        The line was cut, or the server is busy.
      </ErrorState>
    )
  }
  if (rows.length === 0 && (more || progress === 'loading')) return <NotificationSkeleton />
  if (rows.length === 0) return <Nothing filter={filter} />
  return (
    <>
      <h3 id={id} className="sr-only">
        {stateWords[filter.state]}
      </h3>
      <ul aria-labelledby={id} className={`-mx-4 border-line border-t wide:-mx-5 ${more ? '' : '-mb-4 wide:-mb-5'}`}>
        {rows.map((entry) => (
          <NotificationRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {more && (
        <div className="flex flex-wrap items-center justify-center gap-3 pt-4 text-sm">
          {progress === 'failed' && (
            <p role="alert" className="text-danger">
              The older ones could not be had.
            </p>
          )}
          <Button busy={progress === 'loading'} onClick={() => void load()}>
            {progress === 'failed' ? 'Try again' : 'Show older'}
          </Button>
        </div>
      )}
    </>
  )
}

const empty: Record<InboxFilter['state'], { title: string; hint: ReactNode }> = {
  inbox: { title: 'Nothing here yet', hint: 'Sign in on another device, and this one is told at once.' },
  unread: { title: 'All read', hint: 'What arrives stands here until you have read it.' },
  read: { title: 'Nothing read yet', hint: 'What you have read stays here until you archive it.' },
  archived: { title: 'Nothing archived', hint: 'What you archive leaves the inbox and is kept here.' },
}

function Nothing({ filter: { state, kind } }: { filter: InboxFilter }) {
  const { title, hint } = empty[state]
  return (
    <EmptyState icon={<Inbox />} title={kind ? `${title}: ${kindWords[kind].name.toLowerCase()}` : title}>
      {hint}
    </EmptyState>
  )
}
