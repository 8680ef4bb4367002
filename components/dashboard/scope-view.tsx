import type { ReactNode } from 'react'
import type { DashboardPaint, Scope } from '#channels/dashboard'
import { Loading, Skeleton } from '#components/ui/skeleton'
import { scopeWords } from './dashboard-words.ts'
import { FigureTiles } from './figure-tiles'
import { DayNote, Freshness } from './freshness'
import { OutputChart } from './output-chart'
import { SalesChart } from './sales-chart'
import { StockChart } from './stock-chart'
import { useDashboard } from './use-dashboard.ts'
import { useStale } from './use-stale.ts'

interface ScopeViewProps {
  scope: Scope
  initial: DashboardPaint
  /** Between the figures and the charts. */
  children: ReactNode
}

/** The figures and charts of one room. */
export function ScopeView({ scope, initial, children }: ScopeViewProps) {
  const { figures, sales, output, stock, status } = useDashboard(scope, initial)
  const stale = useStale(figures?.at, status)
  if (!figures || !sales || !output || !stock) {
    return (
      <Loading label="Measuring" className="grid gap-4">
        <Skeleton className="h-44" />
        <Skeleton className="h-80" />
      </Loading>
    )
  }
  return (
    <div data-status={status} data-scope={scope} className="grid gap-4 wide:gap-6">
      <section aria-label={`Figures, ${scopeWords[scope].toLowerCase()}`} className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h2 className="text-lg font-semibold">{scopeWords[scope]}</h2>
          <Freshness at={figures.at} stale={stale} />
        </div>
        {/* Keyed: it counts from what was there before, which is another room's. */}
        <FigureTiles key={scope} figures={figures} />
        <DayNote figures={figures} />
      </section>
      {children}
      <SalesChart sales={sales} />
      <div className="grid items-start gap-4 wide:gap-6 lg:grid-cols-2">
        <OutputChart output={output} />
        <StockChart stock={stock} />
      </div>
    </div>
  )
}
