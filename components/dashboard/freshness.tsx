import type { Figures } from '#channels/dashboard'
import { figure } from '#components/ui/figures.ts'
import { LocalTime } from '#components/ui/local-time'
import { StatusBadge } from '#components/ui/status-badge'
import type { Staleness } from './use-stale.ts'

const words = {
  cut: 'stale: the line is cut',
  late: 'stale: nothing new for 3 s',
}
const announcements = {
  cut: 'The line was cut. The figures stand still until it is back.',
  late: 'No new figures have come for three seconds.',
}

/** By the server's clock, when what is shown was measured, and whether it still is. */
export function Freshness({ at, stale }: { at: number; stale: Staleness }) {
  return (
    <p data-stale={stale ?? 'no'} className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-ink-2">
      <span>
        As of <LocalTime at={at} form="seconds" className="font-medium text-ink" />
      </span>
      <StatusBadge tone={stale ? 'warn' : 'ok'}>{stale ? words[stale] : 'live'}</StatusBadge>
      <span role="status" className="sr-only">
        {stale ? announcements[stale] : ''}
      </span>
    </p>
  )
}

/** What a day is here, for those who are elsewhere than the server, and what the figures cost it. */
export function DayNote({ figures: { day, took } }: { figures: Figures }) {
  return (
    <p className="text-xs text-ink-3 tabular-nums">
      Today is since midnight where the server is ({day.zone}). Cancelled orders do not count. Measured once a second
      for everyone who looks, in {figure(Math.max(1, took))} ms.
    </p>
  )
}
