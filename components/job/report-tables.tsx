import type { ReportResult } from '#channels/job-result'
import { figure, money } from '#components/ui/figures.ts'
import { LocalTime } from '#components/ui/local-time'
import { Panel } from '#components/ui/panel'
import { Figures } from './figures'
import { SumTable } from './sum-table'

const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** What all orders come to; on its own page too, to be printed. */
export function ReportTables({ report }: { report: ReportResult }) {
  return (
    <Panel title="Result" about={<About report={report} />}>
      <ReportBody report={report} />
    </Panel>
  )
}

function About({ report: { asOf } }: { report: ReportResult }) {
  return (
    <>
      Orders placed until <LocalTime at={asOf} form="datetime" />. Cancelled ones are listed, and not counted.
    </>
  )
}

export function ReportBody({ report }: { report: ReportResult }) {
  const { total, orders, cancelled, others } = report
  const customers = report.customers.map(({ number, name, ...sum }) => ({ ...sum, name: `${name} (${number})` }))
  const rest = others.orders > 0 ? [{ ...others, name: 'All others' }] : []
  return (
    <div className="grid gap-6">
      <Figures
        figures={[
          ['Orders', figure(orders)],
          ['Cancelled', figure(cancelled)],
          ['Pieces', figure(total.pieces)],
          ['Value', money(total.cents)],
        ]}
      />
      <SumTable
        caption="By month"
        of="Month"
        rows={report.months.map(({ month, ...sum }) => ({ ...sum, name: months.format(new Date(`${month}-01`)) }))}
      />
      <SumTable
        caption="By line of products"
        of="Line"
        rows={report.lines.map(({ line, ...sum }) => ({ ...sum, name: `${line[0]?.toUpperCase()}${line.slice(1)}` }))}
      />
      <SumTable caption="By customer" of="Customer" rows={[...customers, ...rest]} />
    </div>
  )
}
