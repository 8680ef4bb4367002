'use client'

import { type OrderPaint, order } from '#channels/order'
import { type PresencePaint, presenceRoom } from '#channels/presence'
import type { UserRef } from '#channels/user'
import { proves } from '#components/catalog'
import { HereNow } from '#components/presence/here-now'
import { PageHeader } from '#components/shell/page-header'
import { partWords } from './order-words'

interface OrderHeaderProps {
  me: UserRef
  initial: OrderPaint
  present: PresencePaint
}

/**
 * Which order it is, who has it open, and at which of its fields they are. On a phone the number stands in the panel
 * below alone: beside those who are here it would be cut.
 */
export function OrderHeader({ me, initial, present }: OrderHeaderProps) {
  const { id, number, lines } = initial.state.order
  const who = <HereNow room={presenceRoom(order, id)} me={me} initial={present} parts={partWords(lines)} />
  const title = (
    <>
      Work order <span className="max-wide:sr-only">{number}</span>
    </>
  )
  return <PageHeader title={title} proves={proves('orders')} actions={who} />
}
