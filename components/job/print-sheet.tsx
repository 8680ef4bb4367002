'use client'

import { ArrowLeft, Printer } from 'lucide-react'
import type { Job } from '#channels/job'
import type { ReportResult } from '#channels/job-result'
import { Button, buttonClass } from '#components/ui/button'
import { Link } from '#components/ui/link'
import { LocalTime } from '#components/ui/local-time'
import { ReportBody } from './report-tables'

/** Ink on white paper of DIN A4, whatever scheme the screen is in. */
const paper = `
@page { size: A4; margin: 18mm 16mm }
@media print { :root {
  --color-page: #fff; --color-panel: #fff; --color-ink: #000; --color-ink-2: #222; --color-ink-3: #444;
  --color-line: #bbb; color-scheme: light
} }`

/** A report as it goes to paper; on the screen with a button that sends it there. */
export function PrintSheet({ job, report }: { job: Job; report: ReportResult }) {
  return (
    <main className="mx-auto grid max-w-3xl gap-6 p-4 wide:p-8 print:max-w-none print:p-0">
      <style>{paper}</style>
      <div className="flex flex-wrap gap-2 print:hidden">
        <Link href={`/jobs/${job.id}`} className={buttonClass()}>
          <ArrowLeft aria-hidden className="size-4" />
          Back to the job
        </Link>
        <Button variant="primary" icon={<Printer aria-hidden className="size-4" />} onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <header className="border-b border-line pb-4">
        <p className="text-sm text-ink-3">Switchboard</p>
        <h1 className="text-2xl font-semibold tracking-tight">{job.title}</h1>
        <p className="text-sm text-ink-2">
          Orders placed until <LocalTime at={report.asOf} form="datetime" />, for {job.owner.name}. Cancelled orders are
          not counted.
        </p>
      </header>
      <ReportBody report={report} />
    </main>
  )
}
