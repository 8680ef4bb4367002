import { useRef } from 'react'
import type { QuoteBook } from './quote-book.ts'
import { box, isRising, pointsOf } from './spark-points.ts'
import { useWritten } from './use-written.ts'

/** The prices of the last minute as a line. The figures beside it say the same in words. */
export function Sparkline({ book, symbol }: { book: QuoteBook; symbol: string }) {
  const drawing = useRef<SVGSVGElement>(null)
  const prices = book.prices(symbol)
  useWritten(book, 'prices', symbol, drawing, () => {
    const now = book.prices(symbol)
    const line = drawing.current?.firstElementChild
    line?.setAttribute('points', pointsOf(now))
    line?.setAttribute('data-rising', `${isRising(now)}`)
  })
  return (
    <svg
      ref={drawing}
      aria-hidden="true"
      viewBox={`0 0 ${box.width} ${box.height}`}
      className="inline-block h-6 w-full max-w-22 [contain:strict]"
      preserveAspectRatio="none"
    >
      <polyline
        data-rising={isRising(prices)}
        points={pointsOf(prices)}
        fill="none"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        className="stroke-danger data-[rising=true]:stroke-ok group-data-[stale=true]/quotes:stroke-ink-3 group-data-[stale=true]/quotes:data-rising:stroke-ink-3"
      />
    </svg>
  )
}
