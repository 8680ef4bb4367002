import { useCallback, useMemo } from 'react'
import { barMinutes, type Output } from '#channels/dashboard'
import { lineWords } from '#components/order/order-words.ts'
import { figure } from '#components/ui/figures.ts'
import { LocalTime } from '#components/ui/local-time'
import { ChartPanel } from './chart-panel'
import { counted, minute, outputSentence, shortFigure } from './dashboard-words.ts'
import { DataTable } from './data-table'
import { Plot } from './plot'
import { amountAxis, amountScale, timeAxis, timeScale } from './time-axes.ts'
import type { PlotMaker } from './use-plot.ts'

const height = 264
const rowHeight = 58
const bar = barMinutes * minute

/** Each line by itself, one beneath the other, all by one measure: so they can be compared without colours. */
export function OutputChart({ output }: { output: Output }) {
  const { from, lines } = output
  const times = useMemo(() => Array.from({ length: 12 }, (_, nth) => (from + nth * bar) / 1_000), [from])
  const most = Math.max(10, ...lines.flatMap(({ pieces }) => pieces))
  return (
    <ChartPanel
      title="Production by line"
      about="Pieces made in the last hour, each bar five minutes."
      sentence={outputSentence(output)}
      height={height}
      chart={
        <ul className={lines.length > 1 ? 'grid grid-cols-2 gap-x-6 gap-y-2' : 'grid'}>
          {lines.map(({ line, pieces }) => (
            <li key={line} className="min-w-0">
              <p className="flex justify-between gap-2 text-xs">
                <span>{lineWords[line]}</span>
                <span className="text-ink-3 tabular-nums">{figure(total(pieces))}</span>
              </p>
              <Bars
                times={times}
                pieces={pieces}
                most={most}
                small={lines.length > 1}
                label={`Bar chart. ${lineWords[line]}: ${counted(total(pieces), 'piece')} in the last hour.`}
              />
            </li>
          ))}
        </ul>
      }
      table={
        <DataTable
          caption="Pieces made, in five minutes each, the newest first"
          columns={['From', ...lines.map(({ line }) => lineWords[line])]}
          rows={times
            .map((time, nth) => ({
              key: time,
              head: <LocalTime at={time * 1_000} />,
              cells: lines.map(({ pieces }) => figure(pieces[nth] ?? 0)),
            }))
            .reverse()}
        />
      }
    />
  )
}

interface BarsProps {
  times: number[]
  pieces: number[]
  /** The measure of all of them. */
  most: number
  small: boolean
  label: string
}

function Bars({ times, pieces, most, small, label }: BarsProps) {
  const make: PlotMaker = useCallback(
    (Plot, ink) => ({
      legend: { show: false },
      cursor: { show: false },
      padding: small ? [2, 0, 0, 0] : undefined,
      scales: { x: timeScale(bar / 2_000), y: amountScale(most / 1.1) },
      axes: small
        ? [
            {
              ...timeAxis(ink),
              size: 1,
              values: () => [],
              ticks: { show: false },
              border: { show: true, stroke: ink.line, width: 1 },
            },
            { show: false },
          ]
        : [timeAxis(ink), amountAxis(ink, shortFigure, 52)],
      series: [
        {},
        { fill: ink.accent, width: 0, points: { show: false }, paths: Plot.paths.bars?.({ size: [0.8, 40] }) },
      ],
    }),
    [most, small],
  )
  const data = useMemo<[number[], number[]]>(() => [times, pieces], [times, pieces])
  return <Plot make={make} data={data} height={small ? rowHeight : height - 24} label={label} />
}

function total(pieces: number[]): number {
  return pieces.reduce((sum, one) => sum + one, 0)
}
