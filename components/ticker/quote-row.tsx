import { memo, useRef } from 'react'
import { changeWords, type Direction, directionOf, priceWords } from './figures.ts'
import type { QuoteBook } from './quote-book.ts'
import { Sparkline } from './sparkline'
import { useWritten } from './use-written.ts'

/** A row flashes no more often than this, in milliseconds: at fifty updates a second it would only flicker. */
const flashEvery = 1_000
const stale = 'group-data-[stale=true]/quotes:text-ink-3'
const ink = 'text-ink-3 data-[direction=down]:text-danger data-[direction=up]:text-ok'
/** Of a size that no text within it can change, so that a new price has the browser lay out nothing else. */
const fixed = 'block h-6 leading-6 [contain:strict]'
export const arrows = { up: '▲', down: '▼', level: '' }

/**
 * One symbol. React renders it once, and what changes is written straight into it: hundreds of times a second, on a
 * phone, rendering would be most of the work.
 */
export const QuoteRow = memo(function QuoteRow({ book, symbol }: { book: QuoteBook; symbol: string }) {
  const price = useRef<HTMLSpanElement>(null)
  const change = useRef<HTMLSpanElement>(null)
  const last = useRef({ price: 0, at: Number.NEGATIVE_INFINITY })
  const first = book.quote(symbol)

  useWritten(book, 'quote', symbol, price, (seen) => {
    const quote = book.quote(symbol)
    if (!quote || !price.current || !change.current) return
    write(price.current, priceWords(quote.price))
    const direction = directionOf(quote.change)
    change.current.dataset.direction = direction
    const [arrow, figure] = change.current.children
    if (arrow) write(arrow, arrows[direction])
    if (figure) write(figure, changeWords(quote.change))
    if (seen) last.current = flash(price.current, quote.price, last.current)
    else last.current.price = quote.price
  })

  return (
    <tr data-symbol={symbol} className="border-t border-line first:border-t-0">
      <th scope="row" className="py-1 text-left font-mono text-sm font-medium">
        {symbol}
      </th>
      <td className="py-1 text-right tabular-nums">
        <span ref={price} className={`${fixed} ml-auto w-18 rounded-sm px-1 ${stale}`}>
          {first && priceWords(first.price)}
        </span>
      </td>
      <td className="py-1 text-right whitespace-nowrap tabular-nums">
        <span
          ref={change}
          data-direction={directionOf(first?.change ?? 0)}
          className={`${fixed} ${ink} ${stale} group-data-[stale=true]/quotes:data-direction:text-ink-3`}
        >
          <Arrow direction={directionOf(first?.change ?? 0)} />
          <span className="ml-1">{first && changeWords(first.change)}</span>
        </span>
      </td>
      <td className="py-1 pl-3 text-right leading-none">
        <Sparkline book={book} symbol={symbol} />
      </td>
    </tr>
  )
})

export function Arrow({ direction }: { direction: Direction }) {
  return (
    <span aria-hidden className="inline-block w-3 text-center text-[0.625rem]">
      {arrows[direction]}
    </span>
  )
}

function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** Lights up for a moment when the price changes, unless the person wants things to stand still. Gives what was shown. */
function flash(element: HTMLElement, price: number, last: { price: number; at: number }) {
  const now = performance.now()
  if (last.price === 0 || price === last.price || now - last.at < flashEvery || document.hidden)
    return { ...last, price }
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return { ...last, price }
  const colour = price > last.price ? 'var(--color-ok-soft)' : 'var(--color-danger-soft)'
  element.animate([{ backgroundColor: colour }, { backgroundColor: 'transparent' }], 400)
  return { price, at: now }
}
