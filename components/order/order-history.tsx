import { History, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { historyLength, type OrderChange } from '#channels/order'
import { Avatar } from '#components/ui/avatar'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { LocalTime } from '#components/ui/local-time'
import { Panel } from '#components/ui/panel'
import { changeWords } from './change-words'
import { orderActs } from './order-acts'
import type { LiveOrder } from './use-order'

/** Who changed what, and the way back from one's own last change. */
export function OrderHistory({ live }: { live: LiveOrder }) {
  const { history } = live
  return (
    <Panel title="History" about={`The last ${historyLength} changes. Your own last one can be undone.`}>
      {history.length === 0 ? (
        <EmptyState icon={<History />} title="Nothing has been changed yet">
          Change a field above, on this screen or on another: it is listed here with who did it.
        </EmptyState>
      ) : (
        <ol aria-label="History" className="-my-2 divide-y divide-line">
          {history.map((change) => (
            <ChangeRow key={change.version} live={live} change={change} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

function ChangeRow({ live, change }: { live: LiveOrder; change: OrderChange }) {
  const [busy, setBusy] = useState(false)
  const { undo, undoable } = orderActs(live)
  const { what, from, to } = changeWords(change, live.order)
  const who = change.by?.name ?? 'the workshop'

  async function press() {
    setBusy(true)
    const failure = await undo(change.version)
    setBusy(false)
    if (failure) toast.error('It was not undone.', { description: failure })
  }

  return (
    <li className="flex animate-appear items-start gap-3 py-2 text-sm">
      <Avatar name={who} size="sm" />
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">
          <span className="font-medium">{who}</span> {what}{' '}
          <LocalTime at={change.at} form="datetime" className="text-xs whitespace-nowrap text-ink-3" />
        </p>
        {from !== undefined && (
          <p className="line-clamp-3 wrap-anywhere text-ink-2">
            <span className="sr-only">from </span>
            <del className="text-ink-3">
              <bdi>{from}</bdi>
            </del>{' '}
            <span aria-hidden>→</span> <span className="sr-only">to </span>
            <ins className="no-underline">
              <bdi>{to}</bdi>
            </ins>
          </p>
        )}
      </div>
      {undoable(change) && (
        <Button size="sm" busy={busy} icon={<Undo2 aria-hidden className="size-3.5" />} onClick={() => void press()}>
          Undo
        </Button>
      )}
    </li>
  )
}
