import type { Metadata } from 'next'
import { proves } from '#components/catalog'
import { readQuery } from '#components/orders/order-address.ts'
import { OrdersPanel } from '#components/orders/orders-panel'
import { PageBody } from '#components/shell/page-body'
import { PageHeader } from '#components/shell/page-header'
import { requireSession } from '#server/auth/guard'
import { listOrders, openOrders } from '#server/models/order-list'

export const metadata: Metadata = { title: 'Work orders' }

export default async function OrdersPage({ searchParams }: PageProps<'/orders'>) {
  await requireSession()
  const query = readQuery(await searchParams)
  const [initial, { page }] = await Promise.all([openOrders(), listOrders({ query, shown: [] })])
  return (
    <>
      <PageHeader title="Work orders" proves={proves('orders')} />
      <PageBody>
        <OrdersPanel initial={initial} query={query} page={page} />
      </PageBody>
    </>
  )
}
