'use client'

import { Download, ListChecks } from 'lucide-react'
import type { Problem } from '#channels/order-import'
import { Badge } from '#components/ui/badge'
import { Button, buttonClass } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { Panel } from '#components/ui/panel'
import { Loading, Skeleton } from '#components/ui/skeleton'
import { type AskProblems, useProblems } from './use-problems.ts'

interface ProblemListProps {
  jobId: string
  /** Asks for a page on the job's channel; undefined while the room is not open. */
  ask: AskProblems | undefined
  /** Changes when there may be more problems: how far the job is, or its version. */
  beat: unknown
  running: boolean
}

/** What is wrong with an imported file, row by row; while it is being checked, what was found so far. */
export function ProblemList({ jobId, ask, beat, running }: ProblemListProps) {
  const { read, failed, busy, more, retry } = useProblems(ask, beat)
  const found = (read?.total ?? 0) > 0
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-2">
          Problems {found && <Badge tone="warn">{read?.total.toLocaleString('en')}</Badge>}
        </span>
      }
    >
      {!read && !failed && (
        <Loading label="Loading the problems" className="grid gap-2">
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
        </Loading>
      )}
      {failed && !read && (
        <ErrorState title="The problems could not be loaded" onRetry={retry}>
          The list comes back by itself with the line, or when you ask again.
        </ErrorState>
      )}
      {read && !found && (
        <EmptyState icon={<ListChecks />} title={running ? 'No problems so far' : 'No problems'}>
          {running ? 'Each row is checked before anything is ordered.' : 'Every row of the file is as it should be.'}
        </EmptyState>
      )}
      {read && found && (
        <>
          <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <p className="text-xs text-ink-3">Rows are counted as in a spreadsheet: the headings are row 1.</p>
            <a href={`/jobs/${jobId}/files/problems`} download className={buttonClass({ size: 'sm' })}>
              <Download aria-hidden className="size-4" />
              Download all as CSV
            </a>
          </div>
          {failed && (
            <p role="status" className="mb-2 text-xs text-warn">
              Not up to date: the list could not be read again. It comes back by itself with the line.
            </p>
          )}
          <ol aria-label="Problems" className="divide-y divide-line text-sm">
            {read.problems.map((problem) => (
              <ProblemRow key={`${problem.row}/${problem.number}`} problem={problem} />
            ))}
          </ol>
          {read.more && (
            <div className="mt-3 flex flex-wrap items-center gap-3">
              <Button size="sm" busy={busy} onClick={more}>
                Show more
              </Button>
              <span className="text-xs text-ink-3 tabular-nums">
                {read.problems.length.toLocaleString('en')} of {read.total.toLocaleString('en')}
              </span>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

function ProblemRow({ problem: { row, column, value, message } }: { problem: Problem }) {
  return (
    <li className="flex flex-wrap gap-x-4 gap-y-0.5 py-2 wide:grid wide:grid-cols-[6rem_7rem_minmax(0,1fr)]">
      <span className="text-ink-3 tabular-nums">{row === 0 ? 'The file' : `Row ${row.toLocaleString('en')}`}</span>
      <span className="font-mono text-xs leading-5 text-ink-2">{column}</span>
      <span className="min-w-0 max-wide:basis-full">
        {message} {value && <span className="ml-1 font-mono text-xs wrap-anywhere text-ink-3">{value}</span>}
      </span>
    </li>
  )
}
