import type { JobDetail } from '#channels/job'
import { reportResult, repriceResult } from '#channels/job-result'
import { importResult } from '#channels/order-import'
import { figure } from '#components/ui/figures.ts'
import { Panel } from '#components/ui/panel'
import { Figures } from './figures'
import { lengthInWords } from './job-words.ts'
import { ReportTables } from './report-tables'
import { RepriceTable } from './reprice-table'

/** What came of a job, as its kind says. */
export function JobResult({ job }: { job: JobDetail }) {
  const { kind, result } = job
  if (kind === 'report') {
    const report = reportResult.safeParse(result).data
    return report ? <ReportTables report={report} /> : null
  }
  if (kind === 'reprice') {
    const repriced = repriceResult.safeParse(result).data
    return repriced ? <RepriceTable result={repriced} /> : null
  }
  const imported = importResult.safeParse(result).data
  if (!imported) return null
  const { orders, lines, left, problems, duration } = imported
  return (
    <Panel title="Result">
      <Figures
        figures={[
          ['Orders placed', figure(orders)],
          ['Lines', figure(lines)],
          ['Rows left out', figure(left)],
          ['Problems', figure(problems)],
          ['Time at work', lengthInWords(duration)],
          ['Rows a second', duration > 0 ? figure(Math.round(((lines + left) * 1_000) / duration)) : '–'],
        ]}
      />
    </Panel>
  )
}
