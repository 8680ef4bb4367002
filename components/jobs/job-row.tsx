import { Download, FileUp, Tags } from 'lucide-react'
import type { Job, JobKind, JobProgress } from '#channels/job'
import { JobActions, type JobActs } from '#components/job/job-actions'
import { JobBar } from '#components/job/job-bar'
import { isActive, lengthInWords, type Me, stateOf } from '#components/job/job-words.ts'
import { Badge } from '#components/ui/badge'
import { Link } from '#components/ui/link'
import { LocalTime } from '#components/ui/local-time'

const icons: Record<JobKind, typeof Tags> = { import: FileUp, report: Download, reprice: Tags }

interface JobRowProps {
  me: Me
  job: Job
  progress: JobProgress | undefined
  acts: JobActs
}

export function JobRow({ me, job, progress, acts }: JobRowProps) {
  const { label, tone } = stateOf(job)
  const { owner, startedAt, endedAt, attempt, visibility } = job
  const Icon = icons[job.kind]
  return (
    <li data-state={job.state} aria-label={job.title} className="grid gap-2 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Icon aria-hidden className="size-4 shrink-0 text-ink-3" />
            <Link
              href={`/jobs/${job.id}`}
              className="target inline-flex min-w-0 items-center rounded-sm font-medium break-words underline-offset-2 hover:underline"
            >
              {job.title}
            </Link>
            <Badge tone={tone}>{label}</Badge>
          </p>
          <p className="mt-0.5 flex flex-wrap gap-x-2 text-xs text-ink-3">
            <span>{owner.id === me.id ? 'Yours' : owner.name}</span>
            <span>{visibility === 'own' ? 'not shown to others' : 'shown to everyone'}</span>
            <span>
              asked for <LocalTime at={job.createdAt} form="datetime" />
            </span>
            {startedAt !== null && endedAt !== null && <span>took {lengthInWords(endedAt - startedAt)}</span>}
            {attempt > 1 && <span>attempt {attempt}</span>}
          </p>
          {job.state === 'failed' && <p className="mt-1 text-sm text-danger">{job.failure}</p>}
        </div>
        <JobActions me={me} job={job} acts={acts} />
      </div>
      {isActive(job) && <JobBar job={job} progress={progress} />}
    </li>
  )
}
