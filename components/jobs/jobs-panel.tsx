'use client'

import { useState } from 'react'
import type { Job } from '#channels/job'
import { type JobsState, jobsOf } from '#channels/jobs'
import type { FirstPaint } from '#channels/wire'
import { isActive, type Me, stateOf } from '#components/job/job-words.ts'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import { Segmented } from '#components/ui/segmented'
import { JobsList } from './jobs-list'
import { StartPanel } from './start-panel'
import { useJobs } from './use-jobs'

interface JobsPanelProps {
  me: Me
  mine: FirstPaint<JobsState>
  others: FirstPaint<JobsState>
}

const filters = [
  { value: 'mine', label: 'Mine' },
  { value: 'everyone', label: 'Everyone’s' },
] as const
type Filter = (typeof filters)[number]['value']

export function JobsPanel({ me, mine, others }: JobsPanelProps) {
  const [filter, setFilter] = useState<Filter>('mine')
  const [ended, setEnded] = useState('')
  const hear = (job: Job) => {
    if (!isActive(job)) setEnded(`${job.title}: ${stateOf(job).label.toLowerCase()}.`)
  }
  const own = useJobs(jobsOf(me.id), mine, hear)
  const all = useJobs(me.role === 'admin' ? 'all' : 'everyone', others)
  const list = filter === 'mine' ? own : all
  const choose = (
    <Segmented legend="Whose jobs" hideLegend name="whose" options={filters} value={filter} onValueChange={setFilter} />
  )

  return (
    <>
      {own.status === 'offline' && (
        <Notice tone="warn" role="status">
          The line is cut. The jobs run on; what you see stands still until it is back.
        </Notice>
      )}
      <p role="status" className="sr-only">
        {ended}
      </p>
      <StartPanel me={me} start={own.acts.start} />
      <Panel title="Jobs" about="Newest first." actions={choose}>
        <div data-status={list.status} className={list.status === 'offline' ? 'opacity-60' : ''}>
          <JobsList
            key={filter}
            me={me}
            list={list}
            label={filter === 'mine' ? 'My jobs' : 'Everyone’s jobs'}
            empty={filter === 'mine' ? 'You have no jobs yet' : 'Nobody has a job that you may see'}
          />
        </div>
      </Panel>
    </>
  )
}
