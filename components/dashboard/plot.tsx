import 'uplot/dist/uPlot.min.css'
import type uPlot from 'uplot'
import { type PlotMaker, usePlot } from './use-plot.ts'

interface PlotProps {
  make: PlotMaker
  data: uPlot.AlignedData
  /** In pixels; the place is kept before anything is drawn. */
  height: number
  /** One sentence: what it shows now. */
  label: string
}

/** A picture of numbers that stand in words beside it, and in a table in its place. */
export function Plot({ make, data, height, label }: PlotProps) {
  const { place, failed } = usePlot(make, data, height)
  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      style={{ height }}
      className="relative min-w-0 overflow-hidden [&_.u-cursor-x]:border-line-strong [&_.u-cursor-y]:border-line-strong [&_.uplot]:font-sans"
    >
      {failed && <p className="text-sm text-ink-3">The chart could not be loaded. Show it as a table.</p>}
    </div>
  )
}
