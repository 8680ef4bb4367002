import { ChevronLeft, ChevronRight } from 'lucide-react'
import { pageLength } from '#channels/orders'
import { figure } from '#components/ui/figures.ts'
import { IconButton } from '#components/ui/icon-button'
import { choose } from './use-order-address'
import type { LiveOrders } from './use-orders'

export function OrderPages({ live: { query, wanted, page, rows } }: { live: LiveOrders }) {
  const pages = Math.max(1, Math.ceil(page.total / pageLength))
  const first = query.page * pageLength + 1
  const go = (by: number) => choose({ ...wanted, page: wanted.page + by })
  return (
    <nav aria-label="Pages of orders" className="flex w-full items-center justify-end gap-2 text-sm">
      <span className="mr-auto text-ink-2 tabular-nums">
        {rows.length > 0 && `${figure(first)} to ${figure(first + rows.length - 1)}`}
        {page.more &&
          wanted.page + 1 >= pages &&
          '. The list ends here: filter it, or sort it otherwise, to see the others.'}
      </span>
      <IconButton label="Previous page" icon={<ChevronLeft />} disabled={wanted.page === 0} onClick={() => go(-1)} />
      <span className="tabular-nums">
        {figure(wanted.page + 1)} of {figure(pages)}
        {page.more && '+'}
      </span>
      <IconButton label="Next page" icon={<ChevronRight />} disabled={wanted.page + 1 >= pages} onClick={() => go(1)} />
    </nav>
  )
}
