import type { Job, JobProgress } from '#channels/job'
import { useServerNow } from '#components/realtime/use-server-now'
import { figure } from '#components/ui/figures.ts'
import { farInWords, howFar, lengthInWords } from './job-words.ts'

interface JobBarProps {
  job: Job
  /** What was told of it last, where it runs. */
  progress: JobProgress | undefined
}

/** How far a job is, how fast it goes, and how long that will take, ticking by the server’s clock. */
export function JobBar({ job, progress }: JobBarProps) {
  const { done, total, rate, at } = howFar(job, progress)
  const now = useServerNow(rate !== null, 500)
  const share = total === null || total === 0 ? (job.state === 'done' ? 1 : 0) : Math.min(1, done / total)
  const left = rate && total !== null && now !== undefined ? ((total - done) / rate) * 1_000 - (now - at) : null
  const unknown = job.state === 'running' && total === null
  const words = job.state === 'waiting' && done === 0 ? 'In the queue' : farInWords(job, { done, total })
  return (
    <div className="grid gap-1">
      <div
        role="progressbar"
        aria-label={`Progress of ${job.title}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={unknown ? undefined : Math.floor(share * 100)}
        aria-valuetext={words}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full rounded-full transition-[width] duration-150 ease-linear ${fills[job.state]}`}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="flex min-h-4.5 flex-wrap gap-x-3 text-xs text-ink-3 tabular-nums">
        <span>{words}</span>
        {total !== null && total > 0 && <span>{Math.floor(share * 100)} %</span>}
        {rate !== null && <span>{figure(Math.round(rate))} a second</span>}
        {left !== null && <span>{left < 1_000 ? 'nearly done' : `about ${lengthInWords(left)} left`}</span>}
      </p>
    </div>
  )
}

const fills: Record<Job['state'], string> = {
  waiting: 'bg-line-control',
  running: 'bg-accent',
  done: 'bg-ok',
  failed: 'bg-danger',
  cancelled: 'bg-line-control',
}
