'use client'

import type { OrderPaint } from '#channels/order'
import type { PresencePaint } from '#channels/presence'
import type { Person } from '#channels/wire'
import { Badge } from '#components/ui/badge'
import { ErrorState } from '#components/ui/error-state'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { OrderAnnouncer } from './order-announcer'
import { OrderDetails } from './order-details'
import { OrderHistory } from './order-history'
import { OrderLines } from './order-lines'
import { stateTones, stateWords } from './order-words'
import { StateActions } from './state-actions'
import { useOrder } from './use-order'

export interface OrderPanelProps {
  me: Person
  initial: OrderPaint
  present: PresencePaint
}

/** One work order, on any number of screens at once. */
export function OrderPanel(props: OrderPanelProps) {
  const live = useOrder(props)
  const { order, status, refusal, me } = live
  const closed = order.state === 'done' || order.state === 'cancelled'
  if (status === 'denied') {
    return (
      <ErrorState title="This order could not be had" onRetry={() => location.reload()}>
        {refusal?.message}
      </ErrorState>
    )
  }
  return (
    <div data-status={status} data-version={order.version} className="grid min-w-0 grid-cols-1 gap-4 wide:gap-6">
      <OrderAnnouncer live={live} />
      {status === 'offline' && (
        <Notice tone="warn" title="The line is cut">
          What you see is as it was before. What you change is kept, and sent when the line is back.
        </Notice>
      )}
      <Panel
        title={
          <span className="flex flex-wrap items-center gap-2">
            {order.number} <Badge tone={stateTones[order.state]}>{stateWords[order.state]}</Badge>
          </span>
        }
        about={closed ? 'To be read and copied.' : 'Each field is saved when you leave it, or by Enter.'}
        actions={<StateActions live={live} />}
      >
        <div className="grid grid-cols-1 gap-4">
          {closed && (
            <Notice tone="neutral" title={`This order is ${stateWords[order.state].toLowerCase()}.`}>
              {me.role === 'admin' ? 'Reopen it to change it.' : 'An admin can reopen it.'}
            </Notice>
          )}
          <OrderDetails live={live} closed={closed} />
        </div>
      </Panel>
      <OrderLines live={live} closed={closed} />
      <OrderHistory live={live} />
    </div>
  )
}
