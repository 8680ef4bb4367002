import { Activity } from 'lucide-react'
import { useState } from 'react'
import type { UserRef } from '#channels/user'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { LocalTime } from '#components/ui/local-time'
import { Skeleton } from '#components/ui/skeleton'
import { ToneMark } from '#components/ui/tone-mark'
import { MessageDialog } from './message-dialog'
import { happeningText, happeningTone, shortNode } from './monitor-words.ts'
import { saying } from './saying.ts'
import type { Monitor } from './use-monitor'
import { useTimeline } from './use-timeline'

const perPage = 15

interface TimelineProps {
  person: UserRef
  monitor: Monitor
}

/** What happened to one person, and what can be done with all of their sockets. */
export function Timeline({ person, monitor: { send, endAll } }: TimelineProps) {
  const { happened, status } = useTimeline(person.id)
  const [shown, setShown] = useState(perPage)
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        <MessageDialog
          to={{ person: person.id }}
          send={send}
          title={`Send a message to ${person.name}`}
          trigger={<Button size="sm">Send to all of {person.name}’s sockets</Button>}
        />
        <ConfirmDialog
          trigger={<Button size="sm">End all</Button>}
          title={`End all of ${person.name}’s sockets?`}
          description="Every open page and endpoint of theirs is closed at once, and says so. They stay signed in."
          confirm="End all sockets"
          variant="danger"
          onConfirm={() => saying(endAll(person.id))}
        />
      </div>
      {happened.length === 0 && status !== 'joined' && <Skeleton className="h-24" />}
      {happened.length === 0 && status === 'joined' && (
        <EmptyState icon={<Activity />} title="Nothing yet">
          Nothing happened to {person.name} since the server started, or it is too long ago.
        </EmptyState>
      )}
      <ol aria-label={`What happened to ${person.name}`} className="divide-y divide-line">
        {happened.slice(0, shown).map((one) => (
          <li key={`${one.node}/${one.number}`} className="flex items-baseline gap-3 py-2 text-sm">
            <ToneMark tone={happeningTone(one)} />
            <span className="grid min-w-0 flex-1 gap-0.5">
              <span className="break-words">
                {happeningText(one)}
                {one.times > 1 && (
                  <>
                    {' '}
                    <Badge>{one.times} times</Badge>
                  </>
                )}
              </span>
              <span className="font-mono text-xs break-all text-ink-3">
                {one.socket ? `${one.socket} on ${shortNode(one.node)}` : `by way of ${shortNode(one.node)}`}
              </span>
            </span>
            <LocalTime at={one.at} className="text-xs text-ink-3" />
          </li>
        ))}
      </ol>
      {happened.length > shown && (
        <div>
          <Button size="sm" onClick={() => setShown(shown + perPage)}>
            Show what was before
          </Button>
        </div>
      )}
    </div>
  )
}
