import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import type { Me } from '#components/job/job-words.ts'
import { saying } from '#components/monitor/saying.ts'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { JobRow } from './job-row'
import type { Jobs } from './use-jobs'

interface JobsListProps {
  me: Me
  list: Jobs
  label: string
  empty: string
}

export function JobsList({ me, list, label, empty }: JobsListProps) {
  const [reading, setReading] = useState(false)
  const [failed, setFailed] = useState<string>()
  const { jobs, more, progress, acts, readMore } = list

  async function read() {
    setReading(true)
    setFailed(await saying(readMore()))
    setReading(false)
  }

  if (jobs.length === 0 && !more) {
    return (
      <EmptyState icon={<ListChecks />} title={empty}>
        Start one above. Every screen that may see it shows how far it is, until long after it has ended.
      </EmptyState>
    )
  }
  return (
    <>
      <ul aria-label={label} className="-my-3 divide-y divide-line">
        {jobs.map((job) => (
          <JobRow key={job.id} me={me} job={job} progress={progress[job.id]} acts={acts} />
        ))}
      </ul>
      {more && (
        <div className="flex flex-wrap items-center justify-center gap-3 border-t border-line pt-4 text-sm">
          {failed && (
            <p role="alert" className="text-danger">
              The older ones could not be had. {failed}
            </p>
          )}
          <Button busy={reading} onClick={() => void read()}>
            {failed ? 'Try again' : 'Show older'}
          </Button>
        </div>
      )}
    </>
  )
}
