import { ArrowDown, ArrowUp } from 'lucide-react'
import type { OrderQuery, OrderSort } from '#channels/orders'
import { columns } from './order-row'
import { sortWords } from './sort-words'
import { choose } from './use-order-address'

/** Over the columns of a wide screen; pressing one sorts by it, pressing it again turns the order round. */
export function OrderHeads({ query }: { query: OrderQuery }) {
  return (
    <div className={`items-center border-b border-line px-1 pb-1 text-xs text-ink-3 max-wide:hidden ${columns}`}>
      <div className="flex gap-4">
        <Head query={query} sort="number" />
        <Head query={query} sort="placed" />
      </div>
      <Head query={query} sort="customer" />
      <Head query={query} sort="due" />
      <span>State</span>
      <span>Pieces</span>
      <Head query={query} sort="total" end />
    </div>
  )
}

function Head({ query, sort, end }: { query: OrderQuery; sort: OrderSort; end?: boolean }) {
  const { label, up, down } = sortWords[sort]
  const on = query.sort === sort
  const descending = on ? !query.descending : sort === 'placed' || sort === 'total'
  const Arrow = query.descending ? ArrowDown : ArrowUp
  const now = on ? `, sorted: ${query.descending ? down : up}` : ''
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => choose({ ...query, sort, descending, page: 0 })}
      className={`target -mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 hover:text-ink ${on ? 'font-medium text-ink' : ''} ${end ? 'justify-self-end' : 'justify-self-start'}`}
    >
      {label}
      <span className="sr-only">{now}</span>
      {on && <Arrow aria-hidden className="size-3" />}
    </button>
  )
}
