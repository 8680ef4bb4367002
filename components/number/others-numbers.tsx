import { Users } from 'lucide-react'
import type { Reservation } from '#channels/number'
import { Avatar } from '#components/ui/avatar'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Panel } from '#components/ui/panel'
import { TimeLeft } from './time-left'
import { useActs } from './use-acts'
import type { NumberRoom } from './use-number'

/** Beyond it they are only counted. */
const mostShown = 20

interface OthersNumbersProps {
  others: Reservation[]
  now: number | undefined
  /** Given to admins, who may give back for others. */
  room: NumberRoom | null
}

const nothing = () => {}

export function OthersNumbers({ others, now, room }: OthersNumbersProps) {
  const { busy, act } = useActs(room ?? undefined, nothing)
  const more = others.length - mostShown
  return (
    <Panel title="Held by others" about="Nobody gets these while they are held.">
      {others.length === 0 ? (
        <EmptyState icon={<Users />} title="Nobody else holds a number" />
      ) : (
        <ul aria-label="Held by others" className="-my-2 divide-y divide-line">
          {others.slice(0, mostShown).map((one) => (
            <li key={one.id} className="flex animate-appear flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <Avatar name={one.by.name} size="sm" />
              <span className="text-sm text-ink-2">{one.by.name}</span>
              <span className="min-w-0 flex-1 basis-32 font-mono break-all tabular-nums">{one.number}</span>
              <span className="text-sm">
                <TimeLeft until={one.until} now={now} />
              </span>
              {room !== null && (
                <Button
                  size="sm"
                  variant="ghost"
                  busy={busy[one.id] === 'giveBack'}
                  aria-label={`Give back ${one.number} of ${one.by.name}`}
                  onClick={() => act('giveBack', one)}
                >
                  Give back
                </Button>
              )}
            </li>
          ))}
          {more > 0 && <li className="py-2 text-sm text-ink-3 tabular-nums">and {more} more</li>}
        </ul>
      )}
    </Panel>
  )
}
