import { useCallback, useMemo, useState } from 'react'
import type { Sales } from '#channels/dashboard'
import { figure, money } from '#components/ui/figures.ts'
import { LocalTime } from '#components/ui/local-time'
import { Segmented } from '#components/ui/segmented'
import { ChartPanel } from './chart-panel'
import { counted, minute, salesSentence, shortFigure, shortMoney, timeOfDay } from './dashboard-words.ts'
import { DataTable } from './data-table'
import { Plot } from './plot'
import { amountAxis, amountScale, timeAxis, timeScale } from './time-axes.ts'
import type { PlotMaker } from './use-plot.ts'

const height = 208
const measures = [
  { value: 'orders', label: 'Orders' },
  { value: 'cents', label: 'Revenue' },
] as const
type Measure = (typeof measures)[number]['value']

/** A bar for each minute of the last hour; what is under the pointer is told in words. */
export function SalesChart({ sales }: { sales: Sales }) {
  const [measure, setMeasure] = useState<Measure>('orders')
  const [under, setUnder] = useState<number | null>(null)
  const { from, orders, cents } = sales
  const make: PlotMaker = useCallback(
    (Plot, ink) => ({
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: timeScale(30), y: amountScale(measure === 'orders' ? 4 : 10_000) },
      axes: [timeAxis(ink), amountAxis(ink, measure === 'orders' ? shortFigure : shortMoney, 52)],
      series: [
        {},
        { fill: ink.accent, width: 0, points: { show: false }, paths: Plot.paths.bars?.({ size: [0.7, 24] }) },
      ],
      // Where the table takes its place there is nothing under the pointer any more.
      hooks: { setCursor: [({ cursor }) => setUnder(cursor.idx ?? null)], destroy: [() => setUnder(null)] },
    }),
    [measure],
  )
  const data = useMemo<[number[], number[]]>(
    () => [orders.map((_, nth) => (from + nth * minute) / 1_000), measure === 'orders' ? orders : cents],
    [from, orders, cents, measure],
  )
  const told = under === null ? undefined : orders[under]
  const sentence =
    told === undefined || under === null
      ? salesSentence(sales)
      : `${timeOfDay(from + under * minute)}: ${counted(told, 'order')} for ${money(cents[under] ?? 0)}.`
  return (
    <ChartPanel
      title="Sales per minute"
      about="Orders placed in the last hour; the last bar is this minute so far."
      sentence={sentence}
      height={height}
      actions={
        <Segmented
          legend="Measure"
          hideLegend
          name="measure"
          options={measures}
          value={measure}
          onValueChange={setMeasure}
        />
      }
      chart={<Plot make={make} data={data} height={height} label={`Bar chart. ${salesSentence(sales)}`} />}
      table={
        <DataTable
          caption="Sales per minute, the newest first"
          columns={['Minute', 'Orders', 'Revenue']}
          rows={orders
            .map((count, nth) => {
              const at = from + nth * minute
              return { key: at, head: <LocalTime at={at} />, cells: [figure(count), money(cents[nth] ?? 0)] }
            })
            .reverse()}
        />
      }
    />
  )
}
