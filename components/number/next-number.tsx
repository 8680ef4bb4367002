import { Hash } from 'lucide-react'
import type { ReactNode } from 'react'
import { heldMost, type Place, type Series, writeNumber } from '#channels/number'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Panel } from '#components/ui/panel'
import { modeWords, yearWords } from './number-words'

interface NextNumberProps {
  series: Series
  next: Place | null
  /** How many one holds or has asked for. */
  mine: number
  onReserve: () => void
  /** The line is cut: what is shown may be out of date. */
  stale: boolean
  actions: ReactNode
}

export function NextNumber({ series, next, mine, onReserve, stale, actions }: NextNumberProps) {
  const full = mine >= heldMost
  return (
    <Panel title={series.title} about={`${modeWords[series.mode].about} ${yearWords(series)}`} actions={actions}>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <p className="flex items-center gap-2 text-sm text-ink-3">
            Next
            <Badge>{modeWords[series.mode].name}</Badge>
            {stale && <Badge tone="warn">as of the cut</Badge>}
          </p>
          <p data-next className="mt-1 font-mono text-2xl font-semibold tracking-tight break-all tabular-nums">
            {next ? writeNumber(series, next) : '–'}
          </p>
        </div>
        <div className="grid gap-1 max-wide:w-full wide:justify-items-end">
          <Button
            variant="primary"
            size="lg"
            icon={<Hash aria-hidden className="size-4" />}
            aria-disabled={full || undefined}
            className={full ? 'opacity-50' : ''}
            onClick={() => {
              if (!full) onReserve()
            }}
          >
            Reserve
          </Button>
          <p className="text-xs text-ink-3">
            {full
              ? `You hold ${heldMost}: confirm one or give one back.`
              : stale
                ? 'The line is cut. It is asked for once the line is back.'
                : 'It is yours for two minutes.'}
          </p>
        </div>
      </div>
    </Panel>
  )
}
