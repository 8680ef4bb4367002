import { useCallback, useSyncExternalStore } from 'react'
import type { Quote } from '#channels/ticker'
import type { QuoteBook } from './quote-book.ts'

/** The newest quote of a symbol. Renders its component when that changes, and for no other. */
export function useQuote(book: QuoteBook, symbol: string): Quote | undefined {
  const subscribe = useCallback((listener: () => void) => book.subscribe('quote', symbol, listener), [book, symbol])
  const read = () => book.quote(symbol)
  return useSyncExternalStore(subscribe, read, read)
}

/** In the order of the alphabet. */
export function useSymbols(book: QuoteBook): readonly string[] {
  const read = () => book.symbols
  return useSyncExternalStore(book.subscribeSymbols, read, read)
}
