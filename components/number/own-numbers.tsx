import { Hash } from 'lucide-react'
import { useRef } from 'react'
import { EmptyState } from '#components/ui/empty-state'
import { Panel } from '#components/ui/panel'
import { OwnRow } from './own-row'
import { useActs } from './use-acts'
import { useFocusKept } from './use-focus-kept'
import type { useNumber } from './use-number'
import { WentBackRow } from './went-back-row'
import { WishRow } from './wish-row'

interface OwnNumbersProps {
  number: ReturnType<typeof useNumber>
  now: number | undefined
}

/** What one holds, has asked for, and held until just now. */
export function OwnNumbers({ number, now }: OwnNumbersProps) {
  const { own, wishes, wentBack, forgetBack, forgetWish, room, status } = number
  const { busy, act } = useActs(room, forgetBack)
  const group = useRef<HTMLDivElement>(null)
  useFocusKept(group)
  const stale = status === 'offline'
  return (
    <Panel
      title="Yours"
      about={stale ? 'The line is cut: what you see may be out of date.' : 'Confirm a number to keep it for good.'}
    >
      <div ref={group} tabIndex={-1} className="rounded-sm outline-offset-4">
        <ul aria-label="Your numbers" className="-my-2.5 divide-y divide-line">
          {own.map((one) => (
            <OwnRow key={one.id} reservation={one} now={now} busy={busy[one.id]} act={act} />
          ))}
          {wishes.map((wish) => (
            <WishRow key={wish.id} wish={wish} stale={stale} onForget={() => forgetWish(wish.id)} />
          ))}
          {wentBack.map((one) => (
            <WentBackRow
              key={one.reservation.id}
              wentBack={one}
              busy={busy[one.reservation.id]}
              act={act}
              onForget={() => forgetBack(one.reservation.id)}
            />
          ))}
        </ul>
        {own.length + wishes.length + wentBack.length === 0 && (
          <EmptyState icon={<Hash />} title="You hold no number">
            Reserve one: nobody else can get it while you hold it.
          </EmptyState>
        )}
      </div>
    </Panel>
  )
}
