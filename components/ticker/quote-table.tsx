import { ChartLine, SearchX } from 'lucide-react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Input } from '#components/ui/input'
import { Loading, Skeleton } from '#components/ui/skeleton'
import type { FeedWords } from './feed-words.ts'
import type { QuoteBook } from './quote-book.ts'
import { type Sort, sortedBy } from './quote-order.ts'
import { QuoteRow } from './quote-row'
import { useOrder } from './use-order.ts'

/** All quotes, sorted and filtered. Not a live region: whoever listens reads the row that matters to them. */
export function QuoteTable({ book, state }: { book: QuoteBook; state: FeedWords['state'] }) {
  const { shown, count, sort, setSort, filter, setFilter } = useOrder(book)
  if (count === 0 && state === 'stale') {
    return (
      <EmptyState icon={<ChartLine />} title="No quote has come yet">
        They stand here as soon as the exchange is heard.
      </EmptyState>
    )
  }
  if (count === 0) return <Rows />
  const head = (by: Sort['by'], label: string, side: string) => (
    <Head by={by} label={label} side={side} sort={sort} onSort={() => setSort(sortedBy(by, sort))} />
  )
  return (
    <div className="grid gap-3">
      <div className="flex items-center justify-between gap-3">
        <Input
          type="search"
          aria-label="Find a symbol"
          placeholder="Find a symbol"
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
          className="min-w-0 max-w-56"
        />
        <p role="status" className="shrink-0 text-sm text-ink-3 tabular-nums">
          {shown.length === count ? `${count} symbols` : `${shown.length} of ${count} symbols`}
        </p>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={<SearchX />}
          title="No symbol matches"
          action={<Button onClick={() => setFilter('')}>Show all</Button>}
        />
      ) : (
        <table data-stale={state === 'stale'} aria-label="Quotes" className="group/quotes w-full table-fixed text-sm">
          <thead>
            <tr>
              {head('symbol', 'Symbol', 'text-left')}
              {head('price', 'Price, €', 'text-right')}
              {head('change', 'Change', 'text-right')}
              <th scope="col" className="pb-1 text-right text-xs font-medium text-ink-3">
                Last minute
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((symbol) => (
              <QuoteRow key={symbol} book={book} symbol={symbol} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

interface HeadProps {
  by: Sort['by']
  label: string
  side: string
  sort: Sort
  onSort: () => void
}

function Head({ by, label, side, sort, onSort }: HeadProps) {
  const order = sort.by !== by ? undefined : sort.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" aria-sort={order} className={`pb-1 ${side}`}>
      <button
        type="button"
        onClick={onSort}
        className="target inline-flex h-7 items-center gap-1 rounded-sm text-xs font-medium text-ink-3 hover:text-ink"
      >
        {label}
        <span aria-hidden className={`w-2 text-[0.625rem] ${by === 'symbol' ? '' : 'order-first'}`}>
          {order === 'ascending' ? '▲' : order === 'descending' ? '▼' : ''}
        </span>
      </button>
    </th>
  )
}

const rows = Array.from({ length: 12 }, (_, row) => row)

function Rows() {
  return (
    <Loading label="Waiting for the first quotes" className="grid gap-3">
      {rows.map((row) => (
        <Skeleton key={row} className="h-6" />
      ))}
    </Loading>
  )
}
