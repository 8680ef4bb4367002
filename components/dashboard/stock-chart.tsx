import { useMemo } from 'react'
import type { Stock } from '#channels/dashboard'
import { lineWords } from '#components/order/order-words.ts'
import { Badge } from '#components/ui/badge'
import { figure } from '#components/ui/figures.ts'
import { ChartPanel } from './chart-panel'
import { stockSentence } from './dashboard-words.ts'
import { DataTable } from './data-table'
import { Plot } from './plot'
import { stockPlot } from './stock-plot.ts'

const height = 264

/** What is there against what must be there: of each line, or of each product of a line. */
export function StockChart({ stock }: { stock: Stock }) {
  const rows = useMemo(
    () =>
      stock.of === 'lines'
        ? stock.levels.map(({ line, ...level }) => ({
            key: line,
            name: lineWords[line],
            brief: lineWords[line],
            ...level,
          }))
        : stock.levels.map(({ sku, ...level }) => ({ key: sku, brief: sku, ...level })),
    [stock],
  )
  // The names stay the same while the numbers change, and with them the chart.
  const names = JSON.stringify(rows.map(({ name, brief }) => ({ name, brief })))
  const make = useMemo(() => stockPlot(names), [names])
  const data = useMemo<[number[], (number | null)[], (number | null)[], number[]]>(
    () => [
      rows.map((_, place) => place),
      rows.map(({ stock, minimum }) => (stock < minimum ? null : stock)),
      rows.map(({ stock, minimum }) => (stock < minimum ? stock : null)),
      rows.map(({ minimum }) => minimum),
    ],
    [rows],
  )
  const tall = Math.max(height, rows.length * 24 + 32)
  return (
    <ChartPanel
      title="Stock levels"
      about="Pieces in stock; the upright stroke is the minimum."
      sentence={stockSentence(stock)}
      height={tall}
      chart={<Plot make={make} data={data} height={tall} label={`Bar chart. ${stockSentence(stock)}`} />}
      table={
        <DataTable
          caption={stock.of === 'lines' ? 'Stock by line' : 'Stock by product'}
          columns={[stock.of === 'lines' ? 'Line' : 'Product', 'In stock', 'Minimum', 'Level']}
          rows={rows.map(({ key, name, stock, minimum }) => ({
            key,
            head: name,
            cells: [
              figure(stock),
              figure(minimum),
              stock < minimum ? (
                <Badge key="level" tone="warn">
                  below
                </Badge>
              ) : (
                <Badge key="level" tone="ok">
                  enough
                </Badge>
              ),
            ],
          }))}
        />
      }
    />
  )
}
