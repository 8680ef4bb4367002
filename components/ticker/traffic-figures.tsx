import { wholeWords } from './figures.ts'
import type { QuoteBook } from './quote-book.ts'
import { useTraffic } from './use-traffic.ts'

/** What reaches this screen, measured here. No live region: the figures change twice a second. */
export function TrafficFigures({ book, rate }: { book: QuoteBook; rate: number }) {
  const { frames, values, skipped, skippedInAll } = useTraffic(book, rate)
  return (
    <dl className="grid grid-cols-2 gap-px overflow-clip rounded-md border border-line bg-line wide:grid-cols-4">
      <Figure name="frames" label="Frames a second" value={frames} />
      <Figure name="values" label="Values a second" value={values} />
      <Figure name="skipped" label="Skipped a second" value={skipped} />
      <Figure name="skipped-in-all" label="Skipped in all" value={skippedInAll} />
    </dl>
  )
}

function Figure({ name, label, value }: { name: string; label: string; value: number }) {
  return (
    <div className="flex flex-col-reverse bg-panel px-4 py-3">
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd data-figure={name} className="text-xl font-semibold tracking-tight tabular-nums">
        {wholeWords(value)}
      </dd>
    </div>
  )
}
