import type { ReactNode } from 'react'
import type { Figures } from '#channels/dashboard'
import { figure } from '#components/ui/figures.ts'
import { type Tone, ToneMark } from '#components/ui/tone-mark'
import { comparison, counted, wholeMoney } from './dashboard-words.ts'
import { useCount } from './use-count.ts'

/** The figures of the day, large; each with what makes it good or bad, in words. */
export function FigureTiles({ figures: { orders, revenue, backlog, rate, short } }: { figures: Figures }) {
  const { open, producing, overdue } = backlog
  const [worst] = short.worst
  return (
    <dl className="grid grid-cols-2 overflow-clip rounded-md border border-line bg-line [gap:1px] wide:grid-cols-6">
      <Tile term="Orders today" value={orders.today} className="wide:col-span-2">
        <Comparison {...orders} />
      </Tile>
      <Tile term="Revenue today" value={revenue.today} words={wholeMoney} className="wide:col-span-2">
        <Comparison {...revenue} />
      </Tile>
      <Tile term="Production rate" value={rate} unit="pieces/h" className="max-wide:col-span-2 wide:col-span-2">
        over the last ten minutes
      </Tile>
      <Tile term="Open work orders" value={open + producing} className="wide:col-span-3">
        <Judged tone={overdue > 0 ? 'warn' : 'ok'}>
          {figure(producing)} in production, {overdue > 0 ? `${figure(overdue)} overdue` : 'none overdue'}
        </Judged>
      </Tile>
      <Tile
        term="Stock below minimum"
        value={short.count}
        unit={`of ${counted(short.products, 'product')}`}
        className="wide:col-span-3"
      >
        <Judged tone={short.count > 0 ? 'warn' : 'ok'}>
          {worst ? `${worst.name}: ${figure(worst.stock)} of ${figure(worst.minimum)}` : 'all above their minimum'}
        </Judged>
      </Tile>
    </dl>
  )
}

interface TileProps {
  term: string
  value: number
  words?: (value: number) => string
  unit?: string
  className: string
  children: ReactNode
}

function Tile({ term, value, words = figure, unit, className, children }: TileProps) {
  const shown = useCount(value)
  return (
    <div className={`grid min-w-0 content-start gap-0.5 bg-panel px-4 py-3 ${className}`}>
      <dt className="text-sm text-ink-3">{term}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-1.5 font-semibold tracking-tight tabular-nums">
        <span className="text-xl wide:text-2xl">{words(shown)}</span>
        {unit && <span className="text-sm font-normal tracking-normal text-ink-3">{unit}</span>}
      </dd>
      <dd className="min-h-9 text-xs text-ink-3 tabular-nums wide:min-h-4.5">{children}</dd>
    </div>
  )
}

function Comparison({ today, before }: { today: number; before: number }) {
  const compared = comparison(today, before)
  if (!compared) return 'nothing yesterday by now'
  const { words, better } = compared
  return better === null ? words : <Judged tone={better ? 'ok' : 'warn'}>{words}</Judged>
}

function Judged({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="inline-flex max-w-full items-baseline gap-1.5">
      <ToneMark tone={tone} />
      <span className="min-w-0 break-words">{children}</span>
    </span>
  )
}
