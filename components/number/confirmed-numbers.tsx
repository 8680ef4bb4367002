import { CheckCheck } from 'lucide-react'
import type { Reservation } from '#channels/number'
import { EmptyState } from '#components/ui/empty-state'
import { LocalTime } from '#components/ui/local-time'
import { Panel } from '#components/ui/panel'

export function ConfirmedNumbers({ confirmed }: { confirmed: Reservation[] }) {
  return (
    <Panel title="Confirmed last" about="These are given out for good.">
      {confirmed.length === 0 ? (
        <EmptyState icon={<CheckCheck />} title="No number has been confirmed yet" />
      ) : (
        <ul aria-label="Confirmed last" className="-my-1.5 divide-y divide-line">
          {confirmed.map(({ id, number, by, settledAt }) => (
            <li key={id} className="flex min-h-8.5 animate-appear flex-wrap items-center gap-x-3 py-1.5">
              <span className="min-w-0 flex-1 basis-32 font-mono break-all tabular-nums">{number}</span>
              <span className="text-sm text-ink-2">{by.name}</span>
              {settledAt !== null && <LocalTime at={settledAt} form="datetime" className="text-sm text-ink-3" />}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
