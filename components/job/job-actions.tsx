import { RotateCcw, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import type { Job } from '#channels/job'
import { saying } from '#components/monitor/saying.ts'
import { failureOf } from '#components/realtime/failure'
import { Button, type ButtonProps } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { hasSay, isActive, type Me } from './job-words.ts'

/** What one can do with a job; each rejects with why not. */
export interface JobActs {
  cancel: (job: Job) => Promise<unknown>
  retry: (job: Job) => Promise<unknown>
  remove: (job: Job) => Promise<unknown>
}

interface JobActionsProps {
  me: Me
  job: Job
  acts: JobActs
}

export function JobActions({ me, job, acts }: JobActionsProps) {
  const [busy, setBusy] = useState(false)
  if (!hasSay(me, job)) return null

  async function attempt(what: Promise<unknown>, failed: string) {
    setBusy(true)
    await what.catch((error: unknown) => toast.error(failed, { description: failureOf(error) }))
    setBusy(false)
  }

  if (isActive(job)) {
    // A report goes on from where it was; what has not begun has nothing to lose.
    if (job.kind === 'report' || job.state === 'waiting') {
      const cancel = () => void attempt(acts.cancel(job), 'The job was not cancelled.')
      return <CancelButton job={job} busy={busy} onClick={cancel} />
    }
    return (
      <ConfirmDialog
        trigger={<CancelButton job={job} />}
        title="Cancel this job?"
        description={
          job.kind === 'import'
            ? 'It stops. With “All rows or none” what it has ordered so far is taken back; with “Only the good rows” that stays, and a retry goes on from there.'
            : 'It stops, and what it has done so far is taken back. You can start it again.'
        }
        confirm="Cancel the job"
        dismiss="Let it run"
        variant="danger"
        onConfirm={() => saying(acts.cancel(job))}
      />
    )
  }
  return (
    <div className="flex flex-wrap gap-2">
      {job.state !== 'done' && (
        <Button
          size="sm"
          icon={<RotateCcw aria-hidden className="size-3.5" />}
          busy={busy}
          aria-label={`Retry ${job.title}`}
          onClick={() => void attempt(acts.retry(job), 'The job was not started again.')}
        >
          Retry
        </Button>
      )}
      <ConfirmDialog
        trigger={
          <Button size="sm" icon={<Trash2 aria-hidden className="size-3.5" />} aria-label={`Remove ${job.title}`}>
            Remove
          </Button>
        }
        title="Remove this job?"
        description="Its log, its result and its files are deleted. What it has changed stays as it is."
        confirm="Remove"
        variant="danger"
        onConfirm={() => saying(acts.remove(job))}
      />
    </div>
  )
}

function CancelButton({ job, ...rest }: ButtonProps & { job: Job }) {
  const icon = <X aria-hidden className="size-3.5" />
  return (
    <Button size="sm" icon={icon} disabled={job.cancelling} aria-label={`Cancel ${job.title}`} {...rest}>
      Cancel
    </Button>
  )
}
