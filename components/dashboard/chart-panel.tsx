import { ChartColumn, Table2 } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '#components/ui/button'
import { Panel } from '#components/ui/panel'

interface ChartPanelProps {
  title: string
  about: string
  /** What it shows now, in a sentence that everyone can read. */
  sentence: string
  actions?: ReactNode
  /** In pixels, of the chart and of the table alike: nothing moves when one takes the place of the other. */
  height: number
  chart: ReactNode
  table: ReactNode
}

/** A chart, which is also a table: the same numbers, for those who would rather read or hear them. */
export function ChartPanel({ title, about, sentence, actions, height, chart, table }: ChartPanelProps) {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <Panel
      title={title}
      about={about}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          {actions}
          <Button
            size="sm"
            variant="ghost"
            aria-controls={id}
            icon={asTable ? <ChartColumn aria-hidden className="size-4" /> : <Table2 aria-hidden className="size-4" />}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? 'Show as chart' : 'Show as table'}
          </Button>
        </div>
      }
    >
      <figure className="grid min-w-0 gap-3">
        <div id={id} style={{ minHeight: height }} className="grid min-w-0 content-start">
          {asTable ? (
            <section
              aria-label={`${title}, as a table`}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
              tabIndex={0}
              style={{ height }}
              className="overflow-x-hidden overflow-y-auto"
            >
              {table}
            </section>
          ) : (
            chart
          )}
        </div>
        <figcaption className="min-h-10 text-sm text-ink-2 tabular-nums">{sentence}</figcaption>
      </figure>
    </Panel>
  )
}
