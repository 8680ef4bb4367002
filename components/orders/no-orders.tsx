import { ClipboardList } from 'lucide-react'
import { everyOrder } from '#channels/orders'
import { failureOf } from '#components/realtime/failure'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { isFiltered } from './order-address'
import { choose } from './use-order-address'
import type { LiveOrders } from './use-orders'

/** In the place of the rows: why there are none, and what one can do. */
export function NoOrders({ live: { wanted, failure, busy, listing } }: { live: LiveOrders }) {
  if (failure !== undefined) {
    return (
      <ErrorState title="The list could not be had" busy={busy} onRetry={() => listing.look(wanted)}>
        {failureOf(failure)}
      </ErrorState>
    )
  }
  if (wanted.page > 0) {
    return (
      <EmptyState
        icon={<ClipboardList />}
        title="There is no such page"
        action={<Button onClick={() => choose({ ...wanted, page: 0 })}>To the first page</Button>}
      >
        The list is shorter than that by now.
      </EmptyState>
    )
  }
  if (isFiltered(wanted)) {
    return (
      <EmptyState
        icon={<ClipboardList />}
        title="No order matches"
        action={<Button onClick={() => choose(everyOrder)}>Clear filters</Button>}
      >
        Change the filter, or wait: one that matches is offered here by itself.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<ClipboardList />} title="There are no orders yet">
      Place the first one with “New order”.
    </EmptyState>
  )
}
