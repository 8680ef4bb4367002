import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { QuoteBook, Topic } from './quote-book.ts'
import { watchView } from './view.ts'

/** What is out of view is written so often, in milliseconds: whoever searches the page, or has it read out, finds it. */
const unseenEvery = 1_000

/**
 * Runs `write` at the beginning, and again whenever the quote, or the prices, of a symbol are others: at once while
 * the element is in view, which is all that a phone has the time for, and else now and then. `seen` says which.
 */
export function useWritten(
  book: QuoteBook,
  topic: Topic,
  symbol: string,
  element: RefObject<Element | null>,
  write: (seen: boolean) => void,
): void {
  const latest = useRef(write)
  useLayoutEffect(() => {
    latest.current = write
  })
  useLayoutEffect(() => {
    let inView = true
    let waiting: ReturnType<typeof setTimeout> | undefined
    function now(seen: boolean) {
      clearTimeout(waiting)
      waiting = undefined
      latest.current(seen)
    }
    now(false)
    const unsubscribe = book.subscribe(topic, symbol, () => {
      if (inView) now(true)
      else waiting ??= setTimeout(now, unseenEvery, false)
    })
    const unwatch = element.current
      ? watchView(element.current, (is) => {
          inView = is
          if (inView && waiting !== undefined) now(false)
        })
      : () => {}
    return () => {
      clearTimeout(waiting)
      unsubscribe()
      unwatch()
    }
  }, [book, topic, symbol, element])
}
