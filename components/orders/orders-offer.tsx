import { mostCounted, pageLength } from '#channels/orders'
import { Button } from '#components/ui/button'
import { figure } from '#components/ui/figures.ts'
import { Spinner } from '#components/ui/spinner'
import type { LiveOrders } from './use-orders'

/** How many there are, and what has come since; its place is kept. */
export function OrdersOffer({ live: { page, fresh, moved, busy, listing } }: { live: LiveOrders }) {
  const total = page.more
    ? `More than ${figure(mostCounted)} orders`
    : `${figure(page.total)} ${page.total === 1 ? 'order' : 'orders'}`
  const news = `${fresh === pageLength ? 'A page of' : figure(fresh)} new ${fresh === 1 ? 'order' : 'orders'}.`
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-3 text-sm">
      <p role="status" className="flex items-center gap-2 text-ink-2 tabular-nums">
        {busy && <Spinner className="text-ink-3" />}
        {total}
        {moved && <span className="sr-only">. {fresh > 0 ? news : 'The list has changed.'}</span>}
      </p>
      {moved && !busy && (
        <Button size="sm" className="ml-auto animate-appear tabular-nums" onClick={() => listing.show()}>
          {fresh > 0 ? news : 'The list has changed.'} Show
        </Button>
      )}
    </div>
  )
}
