import { Check, Undo2 } from 'lucide-react'
import type { Reservation } from '#channels/number'
import { Button } from '#components/ui/button'
import { TimeLeft } from './time-left'
import type { Act } from './use-acts'

export interface OwnRowProps {
  reservation: Reservation
  now: number | undefined
  busy: Act | undefined
  act: (act: Act, one: Reservation) => void
}

/** A number one holds. Giving it back asks nothing: it can be taken back. */
export function OwnRow({ reservation, now, busy, act }: OwnRowProps) {
  const { number, until } = reservation
  return (
    <li data-state="held" className="flex animate-appear flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
      <span className="min-w-0 flex-1 basis-32 font-mono text-md font-medium break-all tabular-nums">{number}</span>
      <span className="min-w-16 text-right text-sm">
        <TimeLeft until={until} now={now} />
      </span>
      <span className="flex gap-2">
        <Button
          size="sm"
          busy={busy === 'confirm'}
          aria-label={`Confirm ${number}`}
          icon={<Check aria-hidden className="size-3.5" />}
          onClick={() => act('confirm', reservation)}
        >
          Confirm
        </Button>
        <Button
          size="sm"
          variant="ghost"
          busy={busy === 'giveBack'}
          aria-label={`Give back ${number}`}
          icon={<Undo2 aria-hidden className="size-3.5" />}
          onClick={() => act('giveBack', reservation)}
        >
          Give back
        </Button>
      </span>
    </li>
  )
}
