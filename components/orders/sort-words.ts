import type { OrderSort } from '#channels/orders'

/** What a list is sorted by, as a heading and as a choice each way. */
export const sortWords: Record<OrderSort, { label: string; up: string; down: string }> = {
  placed: { label: 'Placed', up: 'Oldest first', down: 'Newest first' },
  number: { label: 'Number', up: 'Number, lowest first', down: 'Number, highest first' },
  customer: { label: 'Customer', up: 'Customer, A to Z', down: 'Customer, Z to A' },
  due: { label: 'Due', up: 'Due soonest', down: 'Due latest' },
  total: { label: 'Total', up: 'Total, lowest first', down: 'Total, highest first' },
}
