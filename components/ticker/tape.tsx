import { memo } from 'react'
import { changeWords, directionOf, priceWords } from './figures.ts'
import type { QuoteBook } from './quote-book.ts'
import { Arrow } from './quote-row'
import { useQuote, useSymbols } from './use-quote.ts'

/** How long one symbol takes to pass, in seconds. */
const secondsEach = 3.2
const inks = { up: 'text-ok', down: 'text-danger', level: 'text-ink-3' }

/**
 * All symbols passing by, twice, so that the end runs into the beginning. It stands still while it is pointed at or
 * something beside it has the focus, when it is paused, and where less motion is wanted. For screen readers there is
 * the link beside it: they read the table of its page.
 */
export function Tape({ book }: { book: QuoteBook }) {
  const symbols = useSymbols(book)
  return (
    <div
      aria-hidden="true"
      className="min-w-0 flex-1 overflow-clip [mask-image:linear-gradient(90deg,transparent,black_1.5rem,black_calc(100%-1.5rem),transparent)]"
    >
      <div
        data-tape
        style={{ animationDuration: `${symbols.length * secondsEach}s` }}
        className="flex w-max animate-tape group-has-focus-visible/strip:[animation-play-state:paused] group-hover/strip:[animation-play-state:paused] group-data-[paused=true]/strip:[animation-play-state:paused] motion-reduce:animate-none"
      >
        {['first', 'again'].map((copy) => (
          <div key={copy} className="flex">
            {symbols.map((symbol) => (
              <TapeItem key={symbol} book={book} symbol={symbol} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

/** Of one width whatever it says, so that nothing beside it moves. */
const TapeItem = memo(function TapeItem({ book, symbol }: { book: QuoteBook; symbol: string }) {
  const { price = 0, change = 0 } = useQuote(book, symbol) ?? {}
  const direction = directionOf(change)
  return (
    <span className="inline-flex w-46 shrink-0 items-baseline gap-1.5 whitespace-nowrap tabular-nums">
      <span className="font-mono text-xs font-medium">{symbol}</span>
      <span className="text-ink-2">{priceWords(price)}</span>
      <span className={`text-xs ${inks[direction]} group-data-[feed=stale]/strip:text-ink-3`}>
        <Arrow direction={direction} />
        {changeWords(change)}
      </span>
    </span>
  )
})
