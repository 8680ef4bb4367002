import type { OrderRow } from '#channels/orders'
import { dayWords, priorityWords, stateTones, stateWords } from '#components/order/order-words.ts'
import { Badge } from '#components/ui/badge'
import { figure, money } from '#components/ui/figures.ts'
import { Link } from '#components/ui/link'
import { LocalTime } from '#components/ui/local-time'

/** The columns of a wide screen; a narrow one has two. */
export const columns =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 wide:grid-cols-[11rem_minmax(0,1fr)_6rem_7.5rem_6rem_6rem]'

/** What changes fades in by itself: the link stays the same, and with it the focus, and the press that has begun. */
export function OrderRowItem({ row }: { row: OrderRow }) {
  const { id, number, customer, state, priority, reference, dueOn, overdue } = row
  return (
    <li data-order={number} className="relative hover:bg-sunken has-focus-visible:bg-sunken">
      <div className={`animate-appear items-center gap-y-1 px-1 py-2 text-sm ${columns}`}>
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <Link
            href={`/orders/${id}`}
            className="target inline-flex items-center rounded-sm font-medium text-accent tabular-nums underline-offset-2 after:absolute after:inset-0 hover:underline"
          >
            {number}
          </Link>
          {priority !== 'normal' && (
            <span key={priority} className="inline-flex animate-appear">
              <Badge tone={priority === 'high' ? 'danger' : 'neutral'}>
                <span className="sr-only">Priority </span>
                {priorityWords[priority]}
              </Badge>
            </span>
          )}
          <span className="w-full text-xs text-ink-3 max-wide:hidden">
            <LocalTime at={row.placedAt} form="datetime" />
          </span>
        </p>
        <div className="min-w-0 max-wide:col-span-2 max-wide:row-start-2">
          <p className="truncate">{customer.name}</p>
          <p className="truncate text-xs text-ink-3">
            {customer.city}
            {reference && ` · ${reference}`}
          </p>
        </div>
        <p key={`due ${dueOn} ${overdue}`} className="animate-appear max-wide:row-start-3">
          <span className="text-ink-3 wide:sr-only">Due </span>
          <span className="tabular-nums">{dayWords(dueOn)}</span>
          {overdue && <span className="text-xs font-medium text-danger wide:block max-wide:ml-2">Overdue</span>}
        </p>
        <p key={state} className="animate-appear max-wide:col-start-2 max-wide:row-start-1 max-wide:justify-self-end">
          <Badge tone={stateTones[state]}>{stateWords[state]}</Badge>
        </p>
        <p
          key={`made ${row.produced} ${row.pieces}`}
          className="animate-appear text-xs text-ink-2 tabular-nums max-wide:row-start-4"
        >
          {figure(row.produced)} of {figure(row.pieces)}
          <span className="text-ink-3"> made</span>
        </p>
        <p
          key={`total ${row.totalCents}`}
          className="animate-appear text-right font-medium tabular-nums max-wide:col-start-2 max-wide:row-start-3"
        >
          {money(row.totalCents)}
        </p>
      </div>
    </li>
  )
}
