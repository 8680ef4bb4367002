'use client'

import type { KeyboardEvent } from 'react'
import type { OrderPage, OrderQuery, OrdersPaint } from '#channels/orders'
import { failureOf } from '#components/realtime/failure'
import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { NewOrderDialog } from './new-order-dialog'
import { NoOrders } from './no-orders'
import { OrderFilters } from './order-filters'
import { OrderHeads } from './order-heads'
import { OrderPages } from './order-pages'
import { OrderRowItem } from './order-row'
import { OrdersOffer } from './orders-offer'
import { useOrders } from './use-orders'

export interface OrdersPanelProps {
  initial: OrdersPaint
  query: OrderQuery
  page: OrderPage
}

/** The orders of the shop: a page at a time, following what everybody does to them. */
export function OrdersPanel(props: OrdersPanelProps) {
  const live = useOrders(props)
  const { rows, wanted, status, busy, failure, listing, room } = live
  return (
    <Panel
      title="Orders"
      about="Rows follow by themselves. New ones wait until you ask for them, so that nothing moves under your hand."
      actions={<NewOrderDialog room={room} />}
      footer={<OrderPages live={live} />}
    >
      <div className="grid gap-3" data-status={status}>
        <OrderFilters query={wanted} />
        {status === 'offline' && (
          <Notice tone="warn" title="The line is cut">
            The list is as it was before, and follows again when the line is back.
          </Notice>
        )}
        {failure !== undefined && rows.length > 0 && status === 'joined' && (
          <Notice
            tone="danger"
            title="The list could not be had"
            actions={
              <Button size="sm" onClick={() => listing.look(wanted)}>
                Try again
              </Button>
            }
          >
            {failureOf(failure)}
          </Notice>
        )}
        <OrdersOffer live={live} />
        <div>
          <OrderHeads query={wanted} />
          {rows.length > 0 ? (
            // biome-ignore lint/a11y/noNoninteractiveElementInteractions: the arrows go from link to link
            <ul
              aria-label="Orders"
              aria-busy={busy || undefined}
              onKeyDown={stepThrough}
              className={`divide-y divide-line ${busy ? 'opacity-60 transition-opacity' : ''}`}
            >
              {rows.map((row) => (
                <OrderRowItem key={row.id} row={row} />
              ))}
            </ul>
          ) : (
            <NoOrders live={live} />
          )}
        </div>
      </div>
    </Panel>
  )
}

function stepThrough(event: KeyboardEvent<HTMLUListElement>) {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const links = [...event.currentTarget.querySelectorAll('a')]
  const next = by === 0 ? undefined : links[links.findIndex((link) => link.matches(':focus')) + by]
  if (!next) return
  event.preventDefault()
  next.focus()
}
