import { useMemo, useState } from 'react'
import { useNow } from '#components/ui/use-now.ts'
import type { QuoteBook } from './quote-book.ts'
import { ordered, type Sort } from './quote-order.ts'
import { useSymbols } from './use-quote.ts'

/** How often rows may change places, in milliseconds. */
const orderEvery = 1_000

/** Which symbols stand in the table, and in what order. */
export function useOrder(book: QuoteBook) {
  const [sort, setSort] = useState<Sort>({ by: 'symbol', descending: false })
  const [filter, setFilter] = useState('')
  const symbols = useSymbols(book)
  const now = useNow(sort.by !== 'symbol', orderEvery)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the quotes within the book are others by then
  const shown = useMemo(
    () => ordered(symbols, (symbol) => book.quote(symbol), sort, filter),
    [book, symbols, sort, filter, now],
  )
  return { shown, count: symbols.length, sort, setSort, filter, setFilter }
}
