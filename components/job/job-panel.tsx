'use client'

import type { JobRoomState } from '#channels/job'
import type { FirstPaint } from '#channels/wire'
import { Badge } from '#components/ui/badge'
import { buttonClass } from '#components/ui/button'
import { Link } from '#components/ui/link'
import { LocalTime } from '#components/ui/local-time'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { JobActions } from './job-actions'
import { JobBar } from './job-bar'
import { JobFiles } from './job-files'
import { JobLog } from './job-log'
import { JobResult } from './job-result'
import { howFar, isActive, lengthInWords, type Me, stateOf } from './job-words.ts'
import { ProblemList } from './problem-list'
import { useJob } from './use-job'

interface JobPanelProps {
  me: Me
  id: string
  initial: FirstPaint<JobRoomState>
}

export function JobPanel({ me, id, initial }: JobPanelProps) {
  const held = useJob(id, initial)
  const { job, lines, progress, status, acts, removed } = held
  const { label, tone } = stateOf(job)

  if (removed || status === 'denied') {
    return (
      <Notice
        tone="neutral"
        role="status"
        title={removed ? 'This job has been removed' : 'This job is not open to you any more'}
        actions={
          <Link href="/jobs" className={buttonClass({ size: 'sm' })}>
            All jobs
          </Link>
        }
      />
    )
  }
  return (
    <div data-status={status} className={`grid gap-4 wide:gap-6 ${status === 'offline' ? 'opacity-60' : ''}`}>
      {status === 'offline' && (
        <Notice tone="warn" role="status">
          The line is cut. The job runs on; what you see stands still until it is back.
        </Notice>
      )}
      <Panel
        title={
          <span role="status" data-state={job.state} className="inline-flex items-center gap-2">
            <span className="sr-only">{job.title}:</span>
            <Badge tone={tone}>{label}</Badge>
          </span>
        }
        actions={
          <div className="flex flex-wrap gap-2">
            {job.kind === 'report' && job.state === 'done' && (
              <Link href={`/jobs/${id}/print`} className={buttonClass({ size: 'sm' })}>
                Page to print
              </Link>
            )}
            <JobActions me={me} job={job} acts={acts} />
          </div>
        }
      >
        <div className="grid gap-3">
          <JobBar job={job} progress={progress} />
          {job.state === 'failed' && <Notice tone="danger">{job.failure}</Notice>}
          <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-3 [&_dd]:text-ink-2 [&>div]:flex [&>div]:gap-1.5">
            <Fact name="Owner">{job.owner.id === me.id ? `${job.owner.name} (you)` : job.owner.name}</Fact>
            <Fact name="Seen by">{job.visibility === 'own' ? 'its owner and admins' : 'everyone'}</Fact>
            <Fact name="Asked for">
              <LocalTime at={job.createdAt} form="datetime" />
            </Fact>
            {job.startedAt !== null && (
              <Fact name="Begun">
                <LocalTime at={job.startedAt} form="datetime" />
              </Fact>
            )}
            {job.startedAt !== null && job.endedAt !== null && (
              <Fact name="Took">
                <span className="tabular-nums">{lengthInWords(job.endedAt - job.startedAt)}</span>
              </Fact>
            )}
            <Fact name="Attempt">
              <span className="tabular-nums">{job.attempt}</span>
            </Fact>
          </dl>
        </div>
      </Panel>
      {job.state === 'done' && <JobResult job={job} />}
      {job.files.length > 0 && <JobFiles job={job} />}
      {job.kind === 'import' && (
        <ProblemList
          jobId={id}
          ask={held.askProblems}
          beat={`${job.version}/${howFar(job, progress).done}`}
          running={isActive(job)}
        />
      )}
      <JobLog lines={lines} earlier={held.earlier} readEarlier={held.readEarlier} />
    </div>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
