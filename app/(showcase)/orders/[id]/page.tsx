import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { order } from '#channels/order'
import { presenceRoom } from '#channels/presence'
import { OrderHeader } from '#components/order/order-header'
import { OrderPanel } from '#components/order/order-panel'
import { PlanPanel } from '#components/plan/plan-panel'
import { PageBody } from '#components/shell/page-body'
import { requireSession } from '#server/auth/guard'
import { openPlan } from '#server/models/order-plan'
import { hasOrder, openOrder } from '#server/models/order-row'
import { openPresence } from '#server/realtime/presence'

export const metadata: Metadata = { title: 'Work order' }

export default async function OrderPage({ params }: PageProps<'/orders/[id]'>) {
  const [{ user }, { id }] = await Promise.all([requireSession(), params])
  if (!(await hasOrder(id))) notFound()
  const rooms = [openOrder(id), openPresence(presenceRoom(order, id)), openPlan(id)] as const
  const [initial, present, plan] = await Promise.all(rooms)
  return (
    <>
      <OrderHeader key={id} me={user} initial={initial} present={present} />
      <PageBody>
        <OrderPanel key={id} me={user} initial={initial} present={present} />
        <PlanPanel key={id} orderId={id} me={user} initial={plan} order={initial} />
      </PageBody>
    </>
  )
}
